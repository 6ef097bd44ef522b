/**
 * Layers that carry z = T x − lo and a running maximum beside whatever a narrow construction computes.
 *
 * z is kept at or above 0 on all balls, so that a relu passes it on unchanged; the accumulator holds the largest label
 * found so far, less the smallest one.
 */
import { one, type Rational, rational } from '../../exact/index.js';
import type { OutputReading, Provenance } from '../../format/index.js';
import {
  type AffineForm,
  constantForm,
  type Network,
  runningMaximum,
  type SequentialBuilder,
  scaleForm,
  sumForms,
} from '../../network/index.js';

export interface NarrowPipeline {
  /** z as forms over the current layer. @throws RangeError once it is dropped. */
  coordinates(): readonly AffineForm[];
  /** Adds a layer with these further neurons, and returns them. */
  layer(forms: readonly AffineForm[]): AffineForm[];
  /** Stops carrying z. */
  drop(): void;
  /** Offers (label − lowest)·relu(argument) to the maximum, at most once per layer. */
  offer(argument: AffineForm, label: number): void;
  /** Waits for what was offered, then ends the network with lowest + maximum. */
  finish(head: { output: OutputReading; provenance: Provenance }): Network;
}

/** The pipeline after the layer relu(forms), the neurons of which are z. */
export function narrowPipeline(
  builder: SequentialBuilder,
  forms: readonly AffineForm[],
  lowest: number,
): NarrowPipeline {
  const maximum = runningMaximum();
  let z: readonly AffineForm[] | undefined = builder.layer('relu', forms);
  const layer = (further: readonly AffineForm[]): AffineForm[] => {
    const carried = z ?? [];
    const rows = maximum.rows();
    const out = builder.layer('relu', [...carried, ...rows, ...further]);
    if (z !== undefined) z = out.slice(0, carried.length);
    maximum.advance(out.slice(carried.length, carried.length + rows.length));
    return out.slice(carried.length + rows.length);
  };
  return {
    coordinates() {
      if (z === undefined) throw new RangeError('narrowPipeline: expected coordinates that are still carried');
      return z;
    },
    layer,
    drop() {
      z = undefined;
    },
    offer: (argument, label) => maximum.offer(argument, rational(label - lowest)),
    finish(head) {
      z = undefined;
      while (maximum.pending()) layer([]);
      return builder.network([shifted(maximum.value()!, rational(lowest))], head);
    },
  };
}

/** form + by. */
export const shifted = (form: AffineForm, by: Rational): AffineForm => sumForms([form, constantForm(by)]);

/** 1 − form. */
export const oneMinus = (form: AffineForm): AffineForm => shifted(scaleForm(form, rational(-1)), one);
