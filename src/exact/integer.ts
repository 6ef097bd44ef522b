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
    [x, y] = [y, x % y];
  }
  return x;
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
