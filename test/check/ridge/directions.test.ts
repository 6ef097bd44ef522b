/** The rule `ridge` on directions that are no axes: dual norms, curvatures, and what is kept along each direction. */
import { ball, constraint, network } from '../example.js';
import { above, beyond, cases, signs, valid } from './cases.js';

const row = (...weights: (string | number)[]) => [weights, 0] as const;
const sum = (count: number) => ['identity', [[Array.from({ length: count }, () => 1), 0]]] as const;

/** y = |x0 + 2·x1|, which one direction decides. */
const single = network(['relu', [row(1, 2), row(-1, -2)]], sum(2));
cases('one direction, to the dual norm', single, [
  ['ℓ1: 2', ball('l1', [0, 0], 1), beyond(2), undefined, valid],
  ['ℓ1, just beyond', ball('l1', [0, 0], 1), beyond('1999/1000'), undefined, above],
  ['ℓ∞: 3', ball('linf', [0, 0], 1), beyond(3), undefined, valid],
  ['ℓ∞, just beyond', ball('linf', [0, 0], 1), beyond('2999/1000'), undefined, above],
  ['ℓ2: √5', ball('l2', [0, 0], 1), beyond('2237/1000'), undefined, valid],
  ['ℓ2, just beyond', ball('l2', [0, 0], 1), beyond('2236/1000'), undefined, above],
  ['radius 1/2', ball('linf', [0, 0], '1/2'), beyond('3/2'), undefined, valid],
  ['radius 1/2, just beyond', ball('linf', [0, 0], '1/2'), beyond('1499/1000'), undefined, above],
  ['another centre', ball('linf', [1, -1], 1), beyond(4), undefined, valid],
  ['another centre, just beyond', ball('linf', [1, -1], 1), beyond('3999/1000'), undefined, above],
]);

const line = network(['identity', [row(3, 4)]]);
cases('an ℓ2 norm that is rational', line, [
  ['5', ball('l2', [0, 0], 1), beyond(5), undefined, valid],
  ['5 is reached', ball('l2', [0, 0], 1), constraint([1], -5), undefined, above],
  ['5 + 1/1000 is not', ball('l2', [0, 0], 1), constraint([1], '-5001/1000'), undefined, valid],
  ['just beyond', ball('l2', [0, 0], 1), beyond('4999/1000'), undefined, above],
  ['below 0', ball('l2', [0, 0], 1), constraint([-1], '-5', true), undefined, valid],
  ['-5 is reached', ball('l2', [0, 0], 1), constraint([-1], -5), undefined, above],
]);

/** y = |x0 + 2·x1| + |2·x0 - x1|, directions at a right angle: √10·r on the ℓ2 ball, 3·r on the ℓ1 ball. */
const square = network(['relu', [row(1, 2), row(-1, -2), row(2, -1), row(-2, 1)]], sum(4));
const two = ball('l2', [0, 0], 2);
const diamond = ball('l1', [0, 0], 2);
cases('the curvature of long directions', square, [
  ['ℓ2, λ = 3/4: 19/3', two, beyond('19/3'), { curvature: '3/4' }, valid],
  ['ℓ2, λ = 3/4, just beyond', two, beyond('6333/1000'), { curvature: '3/4' }, above],
  ['ℓ2, λ = 1: 13/2', two, beyond('13/2'), { curvature: '1' }, valid],
  ['ℓ2, λ = 1, just beyond', two, beyond('6499/1000'), { curvature: '1' }, above],
  ['ℓ1, λ = 2: 6', diamond, beyond(6), { curvature: '2' }, valid],
  ['ℓ1, λ = 2, just beyond', diamond, beyond('5999/1000'), { curvature: '2' }, above],
  ['ℓ1, λ = 1: 7', diamond, beyond(7), { curvature: '1' }, valid],
  ['ℓ1, λ = 1, just beyond', diamond, beyond('6999/1000'), { curvature: '1' }, above],
]);

/** y = |x0| + |x1| + |x0 + x1|, directions at other angles: 2·√2 on the ℓ2 ball. */
const slanted = network(['relu', [...signs, row(1, 1), row(-1, -1)]], sum(6));
cases('the curvature of three directions', slanted, [
  ['ℓ2, λ = 3/4: 17/6', ball('l2', [0, 0], 1), beyond('17/6'), { curvature: '3/4' }, valid],
  ['ℓ2, λ = 3/4, just beyond', ball('l2', [0, 0], 1), beyond('2833/1000'), { curvature: '3/4' }, above],
  ['ℓ1, λ = 1: 2', ball('l1', [0, 0], 1), beyond(2), { curvature: '1' }, valid],
  ['ℓ1, just beyond', ball('l1', [0, 0], 1), beyond('1999/1000'), { curvature: '1' }, above],
]);

/** y = 2·relu(x0) + relu(-x0): two graphs of one direction. */
const hinge = network(['relu', [row(2), row(-1)]], sum(2));
cases('graphs of one direction are added', hinge, [
  ['2', ball('linf', [0], 1), beyond(2), undefined, valid],
  ['just beyond', ball('linf', [0], 1), beyond('1999/1000'), undefined, above],
  ['above 1 to the left as well', ball('linf', ['-3/2'], '1/2'), beyond(2), undefined, valid],
  ['to the left, just beyond', ball('linf', ['-3/2'], '1/2'), beyond('1999/1000'), undefined, above],
]);

/** y = 1 + relu(x1): a row of the first layer without weights. */
const bare = network(['relu', [[[0, 0], 1], row(0, 1)]], sum(2));
cases('a row without weights', bare, [
  ['2', ball('l2', [0, 0], 1), beyond(2), undefined, valid],
  ['just beyond', ball('l2', [0, 0], 1), beyond('1999/1000'), undefined, above],
]);
