/**
 * Linear maps to fewer dimensions: one that keeps differently labelled balls apart, and one that does not.
 *
 *   node examples/03-separation-preserving-maps/main.mjs
 */
import {
  collision,
  datasetOf,
  formatRational,
  hadamardMap,
  image,
  orthogonalRows,
  parseRational,
  preserves,
  rational,
  separationUnderMap,
} from 'muball';

const d = 8;
const text = (x) => `(${x.map(formatRational).join(', ')})`;
// e_0, …, e_7 with two labels: any two samples differ in two coordinates only.
const axes = Array.from({ length: d }, (_, j) => Array.from({ length: d }, (_, m) => rational(m === j ? 1 : 0)));
const data = datasetOf(
  axes,
  axes.map((_, j) => j % 2),
);
const radius = parseRational('1/4');

const spread = hadamardMap(6, d, 1);
const { magnitude } = separationUnderMap(orthogonalRows(spread), data);
console.log(`6 Hadamard rows: least squared distance ${formatRational(magnitude)} modulo the kernel, 4μ² = 1/4`);
console.log(`  keeps the balls apart: ${preserves(spread, data, radius)}`);

const picked = { rows: spread.rows.map((_, r) => axes[r].map(({ n }) => n)), columns: d };
const { samples, x, other } = collision(picked, data);
console.log(`6 coordinates: keeps the balls apart: ${preserves(picked, data, radius)}`);
console.log(`  samples ${samples.join(' and ')}: T${text(x)} = T${text(other)} = ${text(image(picked, x))}`);
