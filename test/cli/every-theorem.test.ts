/** `muball construct` for every theorem of the registry, in every norm: on Iris and on 64 samples in 16 dimensions, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { addConstruct } from '../../src/cli/command/construct.js';
import { type Theorem, theorems } from '../../src/construction/index.js';
import { bundled } from '../../src/data/index.js';
import { formatRational, mul } from '../../src/exact/index.js';
import type { Norm } from '../../src/format/index.js';
import { type Dataset, ratioRadius, resolveRadius, selectClasses, separation } from '../../src/geometry/index.js';
import { runCommand } from './run-command.js';
import type { Ran } from './run-muball.js';

const construct = (args: readonly string[]): Promise<Ran> => runCommand(addConstruct, ['construct', ...args]);
const cases = theorems.flatMap((theorem) =>
  theorem.norms.map((norm) => ({ theorem, norm, name: `${theorem.name} ${norm}` })),
);

/** The two classes that a theorem of two classes is given. */
const twoClasses = { iris: ['versicolor', 'virginica'], cloud: ['0', '1'] } as const;
const whole = { iris: await bundled('iris'), cloud: await bundled('cloud') };
type Name = keyof typeof whole;

/** ρ as a part of the range of the theorem, as a radius. */
function radiusOf(data: Dataset, norm: Norm, { range }: Theorem, ratio: string): string {
  const { radius } = resolveRadius(ratioRadius(ratio), separation(data, norm), data);
  return formatRational(range === undefined ? radius : mul(radius, range.end(data, norm)));
}

interface Row {
  readonly quantity: string;
  readonly measured: string;
  readonly count?: string;
  readonly promised: string;
}

describe.each(cases)('$name', ({ theorem, norm }) => {
  const flags = ['--construction', theorem.name, '--norm', norm];

  test.each<[Name, string]>([
    ['iris', '0.5'],
    ['iris', '0.9'],
    ['cloud', '0.5'],
    ['cloud', '0.9'],
  ])('%s at %s of its range: built, as small as promised', async (name, ratio) => {
    const binary = theorem.notion === 'sign';
    const data = binary ? selectClasses(whole[name], twoClasses[name]) : whole[name];
    const radius = radiusOf(data, norm, theorem, ratio);
    const more = binary ? ['--classes', twoClasses[name].join()] : [];
    const ran = await construct([...flags, '--data', name, '--radius', radius, ...more, '--json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const { sizes, network, ...rest } = JSON.parse(ran.stdout);
    expect(rest).toMatchObject({ construction: theorem.name, norm, radius });
    expect(network.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(sizes.map((row: Row) => row.quantity)).toEqual(['width', 'depth', 'nonzero', 'parameters']);
    for (const { quantity, measured, count, promised } of sizes as Row[]) {
      expect(BigInt(measured), quantity).toBeGreaterThan(0n);
      expect(BigInt(measured), quantity).toBeLessThanOrEqual(BigInt(promised));
      expect(count ?? measured, quantity).toBe(measured);
    }
  });
});
