/**
 * Robust radii for the terminal: a table, a histogram, and what they come to.
 *
 * Main definitions: `RadiusReport`, `radiusRow`, `radiusHistogram`, `radiusSummary`.
 */
import { compare, parseRational, type Rational, sub, toNumber } from '../exact/index.js';
import { type Evidence, evidenceText, type Norm, normSymbol, type RationalText } from '../format/index.js';
import { plainText } from './plain-text.js';
import { grouped, valueText } from './value-text.js';

/** A sample's radius as plain data. */
export interface SampleRadiusReport {
  readonly sample: number;
  /** Line of the CSV file. */
  readonly line?: number;
  readonly label: number;
  /** No point of the ball of this radius is unsafe; `open`: of the ball without its sphere. Left out when the centre is. */
  readonly certified?: { readonly radius: RationalText; readonly open: boolean; readonly evidence?: Evidence };
  /** An unsafe point lies at this distance, or, unless `attained`, as near to it as one likes. */
  readonly witnessed?: {
    readonly radius: RationalText;
    readonly attained: boolean;
    readonly point: readonly RationalText[];
    readonly outputs: readonly RationalText[];
  };
  /** Whether both are the same number. */
  readonly exact: boolean;
  /** Balls above this radius were not asked about. */
  readonly most: RationalText;
  /** Balls that engines were asked about. */
  readonly queries: number;
  /** Why the gap is larger than asked for, if it is. */
  readonly reason?: string;
  readonly seconds: number;
}

export interface RadiusReport {
  readonly dataset: string;
  readonly norm: Norm;
  /** SHA-256 of the network. */
  readonly network: string;
  readonly samples: readonly SampleRadiusReport[];
}

const bins = 8;
const barWidth = 40;

/** "≤ 1/2" is certified with its sphere, "< 1/2" without; "≥ 1/2" is witnessed there, "> 1/2" as near as one likes. */
export function radiusRow(s: SampleRadiusReport): readonly [certified: string, witnessed: string, note: string] {
  const text = (sign: string, radius: RationalText): string => `${sign} ${valueText(parseRational(radius), 16)}`;
  const certified = s.certified === undefined ? 'none' : text(s.certified.open ? '<' : '≤', s.certified.radius);
  const witnessed =
    s.witnessed === undefined
      ? `none to ${valueText(parseRational(s.most), 16)}`
      : text(s.witnessed.attained ? '≥' : '>', s.witnessed.radius);
  const evidence = s.certified?.evidence === undefined ? '' : evidenceText(s.certified.evidence);
  const note = s.reason === undefined ? (s.exact ? 'exact' : '') : plainText(s.reason);
  return [certified, witnessed, [evidence, note].filter((part) => part !== '').join(', ')];
}

/** The radii that are certified, most to least robust in words: how many are exact, the least, the greatest. */
export function radiusSummary({ samples }: RadiusReport): string {
  const sorted = samples
    .map((s) => ({ sample: s.sample, radius: certifiedRadius(s) }))
    .sort((a, b) => compare(a.radius, b.radius));
  const [least, greatest] = [sorted[0], sorted.at(-1)];
  if (least === undefined || greatest === undefined) return 'no samples';
  const named = ({ sample, radius }: { sample: number; radius: Rational }) => `${valueText(radius)} (sample ${sample})`;
  const exact = samples.filter((s) => s.exact).length;
  return `certified from ${named(least)} to ${named(greatest)} · exact for ${grouped(exact)} of ${grouped(samples.length)}`;
}

/** A bar for each of up to eight equal parts of the range of certified radii. */
export function radiusHistogram({ samples }: RadiusReport): string[] {
  const radii = samples.map(certifiedRadius).sort(compare);
  const [low, high] = [radii[0], radii.at(-1)];
  if (low === undefined || high === undefined) return [];
  const span = toNumber(sub(high, low));
  const count = span === 0 ? 1 : bins;
  const counts: number[] = new Array(count).fill(0);
  for (const r of radii)
    counts[span === 0 ? 0 : Math.min(bins - 1, Math.floor((bins * toNumber(sub(r, low))) / span))]!++;
  const most = Math.max(...counts);
  const start = toNumber(low);
  const label = (k: number): string => (start + (span * k) / count).toPrecision(4);
  return counts.map((n, k) => {
    const range = span === 0 ? label(0) : `${label(k)} … ${label(k + 1)}`;
    return `  ${range.padEnd(24)} ${'█'.repeat(Math.ceil((barWidth * n) / most))}${n === 0 ? '' : ' '}${grouped(n)}`;
  });
}

/** The first line. */
export const radiusHeadline = ({ dataset, norm, network, samples }: RadiusReport): string =>
  `${plainText(dataset)} · ${grouped(samples.length)} samples · ${normSymbol[norm]} · network ${network.slice(0, 12)}`;

const certifiedRadius = ({ certified }: SampleRadiusReport): Rational =>
  certified === undefined ? parseRational('0') : parseRational(certified.radius);
