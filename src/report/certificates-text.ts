/** What `muball check` prints: the question, the counts, the problems. */
import { normSymbol } from '../format/index.js';
import { type Dataset, sampleText } from '../geometry/index.js';
import type { CertificatesChecked } from '../regression/index.js';
import { plainText } from './plain-text.js';
import { secondsText } from './text.js';
import { grouped } from './value-text.js';

/** Problems that are printed; more are counted. */
const mostShown = 10;

/** The lines that say what was asked, what the checker answered, and what is wrong. */
export function certificatesText(
  found: CertificatesChecked,
  { said, data }: { readonly said: readonly string[]; readonly data?: Dataset },
  seconds: number,
): string[] {
  const { asked, network, samples, valid, invalid, holey, without, whole, problems } = found;
  const lines: string[] = [];
  if (asked.kind === 'balls') {
    const { name = 'dataset', norm, radius, open, output } = asked;
    lines.push(
      `${plainText(name)} · ${grouped(asked.samples)} samples · ${normSymbol[norm]} · ${open === true ? 'open' : 'closed'} balls, μ = ${radius} · outputs read as ${output.notion} · network ${network.slice(0, 12)} · dataset ${asked.dataset.slice(0, 12)}`,
    );
  } else {
    lines.push(
      `a box of ${asked.query.region.kind === 'box' ? asked.query.region.lower.length : 0} inputs · network ${network.slice(0, 12)}`,
    );
  }
  lines.push(
    said.length === 0
      ? '  compared with nothing but the folder itself'
      : `  compared with the ${said.join(', ')} given`,
  );
  const noun = asked.kind === 'balls' ? 'balls' : 'box';
  const counts = [
    `${grouped(valid)} valid`,
    `${grouped(invalid)} invalid`,
    `${grouped(holey)} holey`,
    ...(without > 0 ? [`${grouped(without)} without certificate`] : []),
  ];
  const mark = invalid > 0 || !whole ? '✗' : valid < samples ? '?' : '✓';
  lines.push(
    `${mark} ${grouped(valid)} of ${grouped(samples)} ${noun} ${valid > 0 ? 'proved (certificate)' : 'proved'} — ${counts.join(', ')} in ${secondsText(seconds)}`,
  );
  for (const { sample, outcome, where, why } of problems.slice(0, mostShown)) {
    const about = sample === undefined ? '' : `${data === undefined ? `query ${sample}` : sampleText(data, sample)}: `;
    lines.push(`  ${about}${outcome}: ${plainText(where)}: ${plainText(why)}`);
  }
  if (problems.length > mostShown) lines.push(`  and ${grouped(problems.length - mostShown)} more`);
  return lines;
}
