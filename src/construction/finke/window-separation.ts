/**
 * How far the windows of differently labelled signals are apart over all shifts.
 *
 * Main definitions: `windowSeparation`, `requireWindowsApart`.
 *
 * δ_W = min ‖c − T_t x‖ on the window, over c outside the base class, x of another class than c, and all shifts t. When the
 * window is the whole signal this is the distance in the quotient by shifts, because shifts keep ℓp norms.
 */
import { bigNumerators, largestExactDouble, largestSize, type Rational, rational } from '../../exact/index.js';
import type { Norm } from '../../format/index.js';
import { type Dataset, requireRadiusBelowHalf, type Separation, samplesOutside } from '../../geometry/index.js';
import { type SignalWindows, shiftText } from './signal-windows.js';

export interface WindowSeparation extends Separation {
  /** The shift of the second sample of the pair. */
  readonly shift: number;
}

/** δ_W with the first closest pair and shift; undefined for one class. */
export function windowSeparation(
  data: Dataset,
  windows: SignalWindows,
  norm: Norm,
  base: number,
): WindowSeparation | undefined {
  const distance = distanceOf(data, windows, norm);
  let best: { size: number | bigint; pair: [number, number]; shift: number } | undefined;
  for (const c of samplesOutside(data, base)) {
    for (let x = 0; x < data.size; x++) {
      if (data.labels[x] === data.labels[c]) continue;
      for (let t = 0; t < windows.shifts; t++) {
        const size = distance(c, x, t);
        if (best === undefined || size < best.size) best = { size, pair: [c, x], shift: t };
      }
    }
  }
  if (best === undefined) return undefined;
  const { denominator } = data.coordinates;
  const scale = norm === 'l2' ? denominator * denominator : denominator;
  return { norm, magnitude: rational(best.size, scale), pair: best.pair, shift: best.shift };
}

/** The size of the difference of c and the shifted x on the window, squared in ℓ2, in numerators: exact either way. */
function distanceOf(
  data: Dataset,
  { size: k, coordinates }: SignalWindows,
  norm: Norm,
): (c: number, x: number, t: number) => number | bigint {
  const { numerators } = data.coordinates;
  const d = data.dimension;
  const widest = 2n * largestSize(numerators);
  const bound = norm === 'linf' ? widest : norm === 'l1' ? BigInt(k) * widest : BigInt(k) * widest * widest;
  if (numerators instanceof Float64Array && bound <= BigInt(largestExactDouble)) {
    return (c, x, t) => {
      let size = 0;
      for (let p = 0; p < k; p++) {
        const gap = Math.abs(numerators[c * d + coordinates[p]!]! - numerators[x * d + coordinates[t * k + p]!]!);
        if (norm === 'linf') size = gap > size ? gap : size;
        else size += norm === 'l1' ? gap : gap * gap;
      }
      return size;
    };
  }
  const values = bigNumerators(numerators);
  return (c, x, t) => {
    let size = 0n;
    for (let p = 0; p < k; p++) {
      const difference = values[c * d + coordinates[p]!]! - values[x * d + coordinates[t * k + p]!]!;
      const gap = difference < 0n ? -difference : difference;
      if (norm === 'linf') size = gap > size ? gap : size;
      else size += norm === 'l1' ? gap : gap * gap;
    }
    return size;
  };
}

/** Demands 2μ < δ_W. @throws AssumptionError naming both samples and the shift. */
export function requireWindowsApart(
  data: Dataset,
  windows: SignalWindows,
  closest: WindowSeparation,
  radius: Rational,
): void {
  const after = closest.shift === 0 ? '' : `, the second shifted by ${shiftText(windows, closest.shift)}`;
  requireRadiusBelowHalf(radius, closest, data, { over: 'all shifts', after });
}
