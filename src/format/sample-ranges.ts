/**
 * Sets of samples as short text, `0-149` or `0-3,7,9-12`: ranges in increasing order that do not touch.
 */
import { refuse } from './errors.js';
import { shown, stringAt } from './shape.js';

/** Most samples that a file may speak of, so that a short text cannot ask for gigabytes. */
export const mostSamples = 100_000_000;

/** The text of increasing sample numbers; empty for none. */
export function rangesText(samples: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < samples.length; ) {
    const first = samples[at]!;
    let last = first;
    while (++at < samples.length && samples[at] === last + 1) last++;
    parts.push(first === last ? String(first) : `${first}-${last}`);
  }
  return parts.join(',');
}

/** The sample numbers of such a text, at least one and all below `size`. @throws InputError naming the place. */
export function rangesAt(value: unknown, where: string, size: number): number[] {
  const text = stringAt(value, where);
  const samples: number[] = [];
  for (const part of text.split(',')) {
    const [, from, to] =
      /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? refuse(where, 'ranges such as "0-3,7"', shown(text));
    const first = Number(from);
    const last = Number(to ?? from);
    const before = samples.at(-1) ?? -2;
    if (first <= before + 1 || (to !== undefined && last <= first)) {
      refuse(where, 'increasing ranges that do not touch', shown(text));
    }
    if (last >= size) refuse(where, `samples below ${size}`, String(last));
    for (let i = first; i <= last; i++) samples.push(i);
  }
  if (rangesText(samples) !== text) refuse(where, `ranges as "${rangesText(samples).slice(0, 40)}"`, shown(text));
  return samples;
}
