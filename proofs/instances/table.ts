/**
 * Which instances there are, and what z3 was measured to prove of them.
 *
 * Main definitions: `table`, `Entry`, `ratios`. Every entry stands for all its datasets at all ratios ρ = 2μ/δ.
 *
 * Implementation notes: ℓ1 and ℓ∞ queries are linear and take z3 milliseconds. ℓ2 queries are not; `beyond` lists those
 * that it did not decide in 20 seconds on a busy machine, or only just. In ℓ2 the number of neurons of `ygz-l2` grows as
 * ρ nears 1, which is what stops z3 there.
 */
import type { Norm } from '../../src/format/index.js';
import type { DatasetName } from './datasets.js';

export const ratios = ['0', '1/2', '0.9', '0.99', '0.998'] as const;
export type Ratio = (typeof ratios)[number];

export interface Entry {
  /** Name of a theorem. */
  readonly construction: string;
  readonly norm: Norm;
  /** Whether exact intervals, and the checker after them, prove every ball; else they prove some. */
  readonly intervals: boolean;
  /** The ratios that are asked for, where z3 takes seconds for each and a few show the same. @defaultValue all */
  readonly ratios?: Readonly<Partial<Record<DatasetName, readonly Ratio[]>>>;
  /** Hyperplanes drawn first, where a construction draws any. @defaultValue its own */
  readonly hyperplanes?: number;
  /** What z3 does not reach, and certificates alone show. @defaultValue nothing */
  readonly beyond?: Readonly<Partial<Record<DatasetName, readonly Ratio[]>>>;
  /** Where some balls have no certificate that is short enough to be kept, so that z3 alone shows them. @defaultValue nowhere */
  readonly uncertified?: Readonly<Partial<Record<DatasetName, readonly string[]>>>;
  /** The datasets it is proved on, where its gadgets are proved on all of them in another row. @defaultValue all */
  readonly datasets?: readonly DatasetName[];
}

/** One or more of each dimension, with three classes, balls that overlap, and one class. */
const chosen: readonly DatasetName[] = ['pair', 'overlap', 'diagonal', 'cube', 'lonely'];

const near1: readonly Ratio[] = ['0.99', '0.998'];

/** Open balls of eight neighbours that touch: proofs by the search are long. */
const touching: Entry['uncertified'] = { cube: ['open'] };

/** For networks of many layers or neurons. */
const few: Entry['ratios'] = {
  line: ['1/2', '0.9'],
  xor: ['1/2', '0.99'],
  overlap: ['1/2', '0.99'],
  colours: ['1/2'],
  ring: ['1/2', '0.9', '0.99'],
  diagonal: ['1/2', '0.99'],
  cube: ['1/2', '0.99'],
  space: ['1/2', '0.9'],
};

/** For networks that grow as ρ nears 1. */
const early: Entry['ratios'] = {
  couple: ['0', '1/2', '0.9'],
  line: ['1/2', '0.9'],
  xor: ['1/2', '0.9'],
  overlap: ['1/2', '0.99'],
  colours: ['1/2'],
  ring: ['1/2'],
  diagonal: ['1/2', '0.99'],
  cube: ['1/2'],
  space: ['1/2'],
};

export const table: readonly Entry[] = [
  { construction: 'ygz-wide', norm: 'linf', intervals: true },
  { construction: 'eys-pair', norm: 'linf', intervals: true },
  { construction: 'eys-pair', norm: 'l1', intervals: true },
  { construction: 'eys-pair', norm: 'l2', intervals: true, beyond: { space: ['0.9', ...near1] } },
  { construction: 'ygz-l1', norm: 'l1', intervals: false },
  {
    construction: 'ygz-l2',
    norm: 'l2',
    intervals: false,
    beyond: {
      couple: ['0.998'],
      xor: ['0.998'],
      overlap: near1,
      colours: near1,
      ring: near1,
      diagonal: near1,
      cube: ['0.9', ...near1],
      space: ['0.9', ...near1],
    },
  },
  { construction: 'ygz-narrow', norm: 'linf', intervals: false },
  { construction: 'ygz-lipschitz', norm: 'linf', intervals: false, uncertified: touching },
  { construction: 'ygz-lipschitz-narrow', norm: 'linf', intervals: false, uncertified: touching },
  { construction: 'ygz-lipschitz-argmax', norm: 'linf', intervals: false, uncertified: touching },
  { construction: 'eys-ball', norm: 'linf', intervals: false },
  { construction: 'eys-ball-l1', norm: 'l1', intervals: false },
  {
    construction: 'eys-ball-l2',
    norm: 'l2',
    intervals: false,
    beyond: {
      couple: near1,
      xor: near1,
      overlap: near1,
      colours: ['0.9', ...near1],
      ring: near1,
      diagonal: ['0.9', ...near1],
      cube: ['0.9', ...near1],
      space: ['0.9', ...near1],
    },
  },
  { construction: 'eys-projected-ball', norm: 'linf', intervals: false, datasets: chosen },
  { construction: 'eys-projected-ball', norm: 'l1', intervals: false, datasets: chosen },
  {
    construction: 'eys-projected-ball',
    norm: 'l2',
    intervals: false,
    datasets: chosen,
    beyond: { overlap: near1, diagonal: ['0.9', ...near1], cube: ['1/2', '0.9', ...near1] },
  },
  { construction: 'eys-projected-pair', norm: 'l2', intervals: false, beyond: { space: ['0.9', ...near1] } },
  { construction: 'eys-projected-pair', norm: 'l1', intervals: false, datasets: chosen },
  { construction: 'eys-projected-pair', norm: 'linf', intervals: false, datasets: chosen },
  { construction: 'finke-box', norm: 'linf', intervals: true },
  { construction: 'finke-threshold', norm: 'linf', intervals: true, hyperplanes: 8, ratios: few },
  { construction: 'finke-threshold', norm: 'l1', intervals: true, hyperplanes: 8, datasets: chosen },
  // Every step doubles the cases that z3 has to tell apart; in space it takes a minute for a ball.
  {
    construction: 'finke-threshold',
    norm: 'l2',
    intervals: true,
    hyperplanes: 4,
    datasets: chosen,
    beyond: { cube: ['1/2', '0.9', ...near1] },
  },
  { construction: 'finke-axis', norm: 'linf', intervals: true, hyperplanes: 8, datasets: chosen },
  { construction: 'finke-conv', norm: 'linf', intervals: true, hyperplanes: 4, datasets: chosen, ratios: few },
  { construction: 'finke-conv', norm: 'l1', intervals: true, hyperplanes: 4, datasets: chosen, ratios: few },
  {
    construction: 'finke-conv',
    norm: 'l2',
    intervals: true,
    hyperplanes: 4,
    datasets: chosen,
    ratios: few,
    beyond: { cube: ['1/2', '0.99'] },
  },
  { construction: 'kmy-small', norm: 'linf', intervals: true },
  { construction: 'kmy-small', norm: 'l1', intervals: true },
  { construction: 'kmy-small', norm: 'l2', intervals: true },
  { construction: 'kmy-moderate', norm: 'linf', intervals: false, ratios: few },
  // On a line all norms are one.
  { construction: 'kmy-moderate', norm: 'l1', intervals: false, ratios: { ...few, line: ['1/2'] } },
  {
    construction: 'kmy-moderate',
    norm: 'l2',
    intervals: false,
    ratios: few,
    beyond: { line: ['0.9'], cube: ['1/2'], space: ['1/2', '0.9'] },
  },
  { construction: 'kmy-large', norm: 'linf', intervals: false, ratios: early },
  { construction: 'kmy-large', norm: 'l1', intervals: false, ratios: early },
  {
    construction: 'kmy-large',
    norm: 'l2',
    intervals: false,
    ratios: { ...early, colours: ['0', '1/2'], ring: ['0', '1/2'], cube: ['0', '1/2'], space: ['0', '1/2', '0.9'] },
    beyond: { colours: ['1/2'], ring: ['1/2'], cube: ['1/2'], space: ['1/2', '0.9'] },
  },
];
