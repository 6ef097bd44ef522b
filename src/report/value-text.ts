/**
 * Exact values as people read them. Nothing reads these texts back.
 *
 * Main definitions: `valueText`, `equationText`, `rootText`, `fixedText` (a fixed number of decimals), `grouped`
 * (thousands separators). All digits come from integer arithmetic, so they are the same everywhere.
 */
import { absInt, decimalText, formatRational, isqrt, type Rational, rootBelow } from '../exact/index.js';

/** The value rounded to `digits` decimals, half away from zero, without trailing zeros: 1/3 is `0.33`, −1/1000 is `0`. */
export function fixedText(a: Rational, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const rounded = (2n * absInt(a.n) * scale + a.d) / (2n * a.d);
  const text = withPoint(rounded.toString(), digits);
  return a.n < 0n && rounded !== 0n ? `-${text}` : text;
}

/** The digits with a point before the last `decimals`, trailing zeros dropped. */
function withPoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  const fraction = padded.slice(-decimals).replace(/0+$/, '');
  const whole = padded.slice(0, -decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** The value in full while it has at most `most` characters, else near it: `≈ 0.707107`. */
export function valueText(a: Rational, most = 24): string {
  const text = formatRational(a);
  return text.length <= most ? text : `≈ ${decimalText(a)}`;
}

/** "μ = 99/2000", or "μ ≈ 0.707107" when the value is long. */
export function equationText(name: string, a: Rational, most = 24): string {
  const text = valueText(a, most);
  return text.startsWith('≈') ? `${name} ${text}` : `${name} = ${text}`;
}

/** √q in full: `3/4` when it is rational, else `√(5/64) ≈ 0.279508`, and only the decimal when q is long. */
export function rootText(q: Rational, most = 24): string {
  const n = isqrt(q.n);
  const d = isqrt(q.d);
  if (n * n === q.n && d * d === q.d) return valueText({ n, d }, most);
  const near = `≈ ${decimalText(rootBelow(q).value)}`;
  const text = formatRational(q);
  if (text.length > most) return near;
  return `√${text.includes('/') ? `(${text})` : text} ${near}`;
}

/** A whole number with thousands separators: 1234567 is `1,234,567`; other text is returned as it is. */
export function grouped(value: number | bigint | string): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, ',') : text;
}
