/**
 * A network for two moons in ℓ2, built from a theorem, and a proof for the whole ball around every point.
 *
 *   node examples/01-memorize-and-prove/main.mjs
 */
import { bundled, complexity, formatRational, parseRational, proveBalls, robustnessQuery, theoremNamed } from 'muball';

const data = await bundled('moons', { size: 24, seed: 7 });
const norm = 'l2';
const radius = parseRational('1/20');

const { network } = theoremNamed('eys-pair').construct(data, { norm, radius });
const { width, depth, nonzero } = complexity(network);
console.log(`network of width ${width}, depth ${depth}, ${nonzero} nonzero weights`);

const query = (i) => robustnessQuery(network, data, i, { norm, radius, reading: network.output });
const balls = await proveBalls(network, data.size, query);
const proved = balls.filter(({ verdict }) => verdict.verdict === 'unsat');
const certified = proved.filter(({ verdict }) => verdict.evidence.level === 'certificate');
console.log(
  `${proved.length} of ${data.size} balls of radius ${formatRational(radius)} proved, ${certified.length} with a checked certificate`,
);
