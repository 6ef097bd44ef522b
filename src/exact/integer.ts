/**
 * Integer functions on BigInt that the language lacks.
 *
 * Main definitions: `gcd`, `lcm`, `floorDiv`, `isqrt`, `floorRoot`, `bitLength`.
 */

/** |a|. */
export const absInt = (a: bigint): bigint => (a < 0n ? -a : a);

/** Greatest common divisor, ≥ 0; gcd(0, 0) = 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let x = absInt(a);
  let y = absInt(b);
  while (y !== 0n) {
    // BigInt division allocates; small operands are far commoner and stay in doubles.
    if (x < 9007199254740992n && y < 9007199254740992n) return BigInt(gcdNumber(Number(x), Number(y)));
    [x, y] = (y > worthLeading && y <= x && leadingSteps(x, y)) || [y, x % y];
  }
  return x;
}

/** Numbers above this are divided by their leading digits, below it dividing them is cheaper. */
const worthLeading = 1n << 512n;

/**
 * Many steps of Euclid's algorithm at once, as Lehmer does: found on the leading 52 binary digits, in doubles, and carried
 * out on the numbers x ≥ y together. The steps are unimodular, so the divisor stays the same even where a quotient of the
 * leading digits were not that of the numbers. Undefined when they show nothing.
 */
function leadingSteps(x: bigint, y: bigint): [bigint, bigint] | undefined {
  const shift = BigInt(bitLength(x) - 52);
  let [u, v] = [Number(x >> shift), Number(y >> shift)];
  // (u, v) belongs to (a x + b y, c x + d y).
  let [a, b, c, d] = [1, 0, 0, 1];
  while (v + c > 0 && v + d > 0) {
    const q = Math.floor((u + a) / (v + c));
    if (q !== Math.floor((u + b) / (v + d))) break;
    [a, b, c, d] = [c, d, a - q * c, b - q * d];
    [u, v] = [v, u - q * v];
  }
  if (b === 0) return undefined;
  const larger = absInt(BigInt(a) * x + BigInt(b) * y);
  const smaller = absInt(BigInt(c) * x + BigInt(d) * y);
  return larger < x && smaller < larger ? [larger, smaller] : undefined;
}

/** Greatest common divisor of safe integers, ≥ 0. */
export function gcdNumber(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Least common multiple of positive integers. */
export function lcm(a: bigint, b: bigint): bigint {
  return a === b ? a : (a / gcd(a, b)) * b;
}

/** ⌊a/b⌋ for b > 0. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a < 0n && q * b !== a ? q - 1n : q;
}

/** ⌈a/b⌉ for b > 0. */
export function ceilDiv(a: bigint, b: bigint): bigint {
  return -floorDiv(-a, b);
}

/** Number of binary digits of |a|; 0 for 0. */
export function bitLength(a: bigint): number {
  const digits = absInt(a).toString(16);
  return digits === '0' ? 0 : 4 * (digits.length - 1) + (32 - Math.clz32(Number.parseInt(digits[0]!, 16)));
}

/** ⌊√n⌋. @throws RangeError when n < 0. */
export function isqrt(n: bigint): bigint {
  if (n < 0n) throw new RangeError(`isqrt: expected n ≥ 0, got ${n}`);
  if (n < 2n) return n;
  // Newton's iteration from above decreases to ⌊√n⌋ and then stops decreasing.
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** ⌊n^(1/k)⌋ for n ≥ 0 and whole k ≥ 1. @throws RangeError otherwise. */
export function floorRoot(n: bigint, k: number): bigint {
  if (n < 0n) throw new RangeError(`floorRoot: expected n ≥ 0, got ${n}`);
  if (!(Number.isSafeInteger(k) && k >= 1)) throw new RangeError(`floorRoot: expected k ≥ 1, got ${k}`);
  if (n < 2n || k === 1) return n;
  const degree = BigInt(k);
  // Newton's iteration from above, as in `isqrt`.
  let x = 1n << BigInt(Math.ceil(bitLength(n) / k));
  for (;;) {
    const y = ((degree - 1n) * x + n / x ** (degree - 1n)) / degree;
    if (y >= x) return x;
    x = y;
  }
}

/** ⌈n^(1/k)⌉ for n ≥ 0 and whole k ≥ 1. @throws RangeError otherwise. */
export function ceilRoot(n: bigint, k: number): bigint {
  const root = floorRoot(n, k);
  return root ** BigInt(k) === n ? root : root + 1n;
}
