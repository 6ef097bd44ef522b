/**
 * Certificates of ridges and of the search for the balls of instances that intervals do not prove, kept in `certificates/`.
 *
 * Main definitions: `keptCertificates`, `isFull`, `isUpdate`, `asksAbout`.
 *
 * One file for each construction and norm; a line is the name of an instance, a ball, and its certificate. They are found by
 *
 *     MUBALL_UPDATE=1 npx vitest run --project proofs balls
 *
 * or, with `-t`, for some instances, and checked in every run. `npm run proofs:full` finds them again, and lets z3 decide
 * every ball, where other runs ask it about one ball of each instance at some ratios.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type CertificateFile, certificateFileAt, certificateText } from '../src/format/index.js';
import { type Instance, instances } from './instances/instance.js';
import type { Entry } from './instances/table.js';

/** Whether everything is proved again by every engine. */
export const isFull = process.env.MUBALL_FULL === '1';
/** Whether certificates are written anew; a run of continuous integration that did would compare them with themselves. */
export const isUpdate = process.env.MUBALL_UPDATE === '1' && process.env.CI === undefined;

/** Longer certificates are not kept. */
const longest = 100_000;

const order = new Map(instances.map(({ name }, k) => [name, k]));

/** The ratios at which z3 is asked in every run: near 1, open balls, and one class. */
export const askedRatios: readonly string[] = ['0.99', 'open', 'any'];

/**
 * The balls with a certificate that z3 is asked about all the same: in a full run all, else one of each instance with such
 * a ratio, not the same in all.
 */
export const asksAbout = ({ name, ratio }: Instance, ball: number, balls: number): boolean =>
  isFull || (askedRatios.includes(ratio) && ball === order.get(name)! % balls);

interface Kept {
  readonly instance: string;
  readonly ball: number;
  readonly certificate: CertificateFile;
}

export interface KeptCertificates {
  find(instance: Instance, ball: number): CertificateFile | undefined;
  /** Puts a certificate in the place of the one that was kept, or takes that away; on disk after `write`. */
  replace(instance: Instance, ball: number, certificate: CertificateFile | undefined): void;
  write(): void;
  /** Names of the instances that certificates are kept for. */
  readonly names: ReadonlySet<string>;
}

/** What is kept for a construction in a norm. */
export function keptCertificates({ construction, norm }: Entry): KeptCertificates {
  const file = new URL(`certificates/${construction}-${norm}.jsonl`, import.meta.url);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const kept = new Map<string, Kept>();
  for (const line of lines) {
    const { instance, ball, certificate } = JSON.parse(line) as Kept;
    kept.set(`${instance} ${ball}`, { instance, ball, certificate: certificateFileAt(certificate) });
  }
  return {
    find: ({ name }, ball) => kept.get(`${name} ${ball}`)?.certificate,
    replace({ name }, ball, certificate) {
      kept.delete(`${name} ${ball}`);
      if (certificate === undefined || certificateText(certificate).length > longest) return;
      kept.set(`${name} ${ball}`, { instance: name, ball, certificate });
    },
    write() {
      if (kept.size === 0 && lines.length === 0) return;
      const place = ({ instance }: Kept): number => order.get(instance) ?? -1;
      const sorted = [...kept.values()].sort((a, b) => place(a) - place(b) || a.ball - b.ball);
      const text = sorted.map(
        ({ instance, ball, certificate }) =>
          `{"instance":${JSON.stringify(instance)},"ball":${ball},"certificate":${certificateText(certificate)}}\n`,
      );
      mkdirSync(new URL('certificates/', import.meta.url), { recursive: true });
      writeFileSync(file, text.join(''));
    },
    names: new Set([...kept.values()].map(({ instance }) => instance)),
  };
}
