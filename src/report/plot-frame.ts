/**
 * From exact plane coordinates to the decimals of a picture.
 *
 * Main definitions: `PlotFrame`, `plotFrame`, `boundingRectangle`. Positions stay rational until they are written, with
 * two decimals of a pixel, so a picture's text does not depend on floating point.
 */
import { add, div, less, max, min, mul, type Rational, rational, sub, type Vector } from '../exact/index.js';
import { fixedText } from './value-text.js';

/** The rectangle [lower₀, upper₀] × [lower₁, upper₁]. */
export interface Rectangle {
  readonly lower: readonly [Rational, Rational];
  readonly upper: readonly [Rational, Rational];
}

export interface PlotFrame {
  readonly rectangle: Rectangle;
  readonly left: number;
  readonly top: number;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels per unit of the plane. */
  readonly scale: Rational;
}

/** The frame of a rectangle at (left, top), as large as `width` and `maxHeight` allow. */
export function plotFrame(
  rectangle: Rectangle,
  left: number,
  top: number,
  width: number,
  maxHeight: number,
): PlotFrame {
  const spanX = sub(rectangle.upper[0], rectangle.lower[0]);
  const spanY = sub(rectangle.upper[1], rectangle.lower[1]);
  const scale = min(div(rational(width), spanX), div(rational(maxHeight), spanY));
  const used = pixels(mul(spanX, scale));
  return { rectangle, left: left + (width - used) / 2, top, width: used, height: pixels(mul(spanY, scale)), scale };
}

/** Horizontal position in pixels. */
export const across = (frame: PlotFrame, x: Rational): number =>
  pixels(add(mul(sub(x, frame.rectangle.lower[0]), frame.scale), hundredths(frame.left)));

/** Vertical position in pixels: pictures count downwards. */
export const downwards = (frame: PlotFrame, y: Rational): number =>
  pixels(add(mul(sub(frame.rectangle.upper[1], y), frame.scale), hundredths(frame.top)));

/** A length in pixels. */
export const lengthInPixels = (frame: PlotFrame, length: Rational): number => pixels(mul(length, frame.scale));

const pixels = (a: Rational): number => Number(fixedText(a, 2));
const hundredths = (v: number): Rational => rational(Math.round(v * 100), 100);

/**
 * A rectangle around all discs-or-boxes (centre, reach) with a margin, no flatter or steeper than 5 : 2, with a side of
 * 1 when all are one point.
 */
export function boundingRectangle(spots: readonly { readonly centre: Vector; readonly reach: Rational }[]): Rectangle {
  const ends = ([0, 1] as const).map((j) => {
    const lows = spots.map((s) => sub(s.centre[j]!, s.reach));
    const highs = spots.map((s) => add(s.centre[j]!, s.reach));
    return { low: lows.reduce(min), high: highs.reduce(max) };
  });
  const spans = ends.map((e) => sub(e.high, e.low));
  const widest = max(spans[0]!, spans[1]!);
  const side = widest.n === 0n ? rational(1) : widest;
  const margin = div(side, rational(14));
  const [x, y] = ends.map((e, j) => {
    const wanted = max(spans[j]!, mul(side, rational(2, 5)));
    const pad = add(div(sub(wanted, spans[j]!), rational(2)), margin);
    return { low: sub(e.low, pad), high: add(e.high, pad) };
  });
  return { lower: [x!.low, y!.low], upper: [x!.high, y!.high] };
}

/** Whether the rectangle has an inside. */
export const hasInside = ({ lower, upper }: Rectangle): boolean => less(lower[0], upper[0]) && less(lower[1], upper[1]);
