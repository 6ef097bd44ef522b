/**
 * The laws in vitest: one test for each, and the matchers on a dataset of one's own.
 *
 *   npx vitest run --project test examples/04-your-own-construction
 */
import { datasetOf, rational } from 'muball';
import { robustMemorizationLaws, runLaw } from 'muball/laws';
import 'muball/laws/vitest';
import { describe, expect, test } from 'vitest';
import { construction } from './construction.js';

describe('nearest neighbour', () => {
  for (const law of robustMemorizationLaws(construction, { runs: 40 })) {
    test(law.name, async () => {
      const { failure } = await runLaw(law);
      if (failure !== undefined) throw failure;
    });
  }

  const rows = [
    [0, 0],
    [4, 0],
    [0, 4],
  ].map((row) => row.map((v) => rational(v)));
  const data = datasetOf(rows, [0, 1, 1]);

  test('memorizes three samples robustly, proved', async () => {
    const network = construction.construct(data, { norm: 'l1', radius: rational(3, 2) });
    await expect(network).toMemorizeRobustly(data, { norm: 'l1', radius: '3/2' });
    await expect(network).not.toMemorizeRobustly(data, { norm: 'l1', radius: 2 });
    await expect(network).toBeRobustAt([0, 0], { label: 0, norm: 'l1', radius: '1.99' });
  });
});
