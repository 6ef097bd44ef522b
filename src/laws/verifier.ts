/**
 * The laws of verifiers: what every answer to a query owes, on arbitrary queries.
 *
 * Main definitions: `verifierLaws`, `VerifierOptions`.
 *
 * A verifier may always give up; what it decides must be right. Every `sat` is replayed with arithmetic that the
 * verifier has no part in: membership is computed here, outputs by exact evaluation.
 */
import { instance, type MemorizationInstance, type QueryConstraints, query } from '../arbitrary/index.js';
import { defaultTheorem } from '../construction/index.js';
import { equal, formatRational, mul, neg, rational } from '../exact/index.js';
import { evaluate, outputReading } from '../network/index.js';
import { shownValue } from '../regression/encoded-value.js';
import { type Constraint, type Query, robustnessQuery, unsafeFor } from '../verify/query.js';
import { replay as exactReplay, type Verdict } from '../verify/verdict.js';
import { secondOpinion, type Verifier } from './engines.js';
import { type Law, law, seeded } from './law.js';
import { isInside, isUnsafe, pointsAround, pointsOf } from './region-attack.js';

export interface VerifierOptions {
  /** @defaultValue the name of the function */
  readonly name?: string;
  /** What it is compared with. @defaultValue a search, then z3 on the untightened encoding */
  readonly second?: Verifier;
  /** The queries to draw. @defaultValue all kinds */
  readonly queries?: QueryConstraints;
  /** Runs of each law; the comparison with a second verifier makes a third. @defaultValue 300 */
  readonly runs?: number;
  /** Milliseconds that z3 has for a query of the comparison. @defaultValue 5000 */
  readonly timeoutMs?: number;
  /** Whether it must decide every query, neither giving up nor running out of time. @defaultValue false */
  readonly decides?: boolean;
  /** How the verifier's points are replayed. @defaultValue the library's exact replay */
  readonly replay?: typeof exactReplay;
  /** Laws to leave out, by name. @defaultValue none */
  readonly without?: readonly string[];
}

/** Named laws that hold for every verifier whose decisions are right. */
export function verifierLaws(verifier: Verifier, options: VerifierOptions = {}): Law[] {
  const { runs = 300, timeoutMs = 5000, queries = {}, without = [], replay = exactReplay } = options;
  const subject = options.name ?? (verifier.name || 'verifier');
  const second = options.second ?? secondOpinion(timeoutMs);
  const drawn = seeded(query(queries));
  const balls = seeded(query({ ...queries, boxes: false }));
  const norms = queries.norms ?? ['linf', 'l1', 'l2'];
  const part = (k: number): number => Math.max(1, Math.ceil(runs / k));

  const laws = [
    law(subject, 'what it calls safe, no point shows', runs, drawn, async (asked) => {
      const { verdict } = await verifier(asked);
      if (verdict !== 'unsat') return;
      for (const x of pointsOf(asked, asked.seed)) {
        if (isUnsafe(asked, x)) throw new Error(`expected no unsafe output after unsat, got one at ${shownValue(x)}`);
      }
    }),
    law(subject, 'what it calls unsafe, its point shows', runs, drawn, async (asked) => {
      const answer = await verifier(asked);
      if (answer.verdict === 'sat') requireShown(asked, answer);
    }),
    law(subject, 'a replay accepts the unsafe points of the region, and no others', runs, drawn, (asked) => {
      for (const x of [...pointsOf(asked, asked.seed), ...pointsAround(asked, asked.seed)]) {
        const found = replay(asked, x);
        const [inside, unsafe] = [isInside(asked.region, x), isUnsafe(asked, x)];
        if (found.inside !== inside || found.unsafe !== unsafe) {
          throw new Error(
            `replay at ${shownValue(x)}: expected inside ${inside}, unsafe ${unsafe}; got inside ${found.inside}, unsafe ${found.unsafe}`,
          );
        }
      }
    }),
    ...(options.decides === true
      ? [
          law(subject, 'it decides every query', runs, drawn, async (asked) => {
            const answer = await verifier(asked);
            if (answer.verdict === 'sat' || answer.verdict === 'unsat') return;
            throw new Error(`expected sat or unsat, got ${answer.verdict}: ${answer.reason ?? 'no reason'}`);
          }),
        ]
      : []),
    law(subject, 'a second verifier agrees', part(3), drawn, async (asked) => {
      const [own, other] = [await verifier(asked), await second(asked)];
      requireCompatible(own, other, 'the second verifier');
    }),
    law(subject, 'safe on a ball is safe on a smaller one', runs, balls, async (asked) => {
      const { region } = asked;
      if (region.kind !== 'ball') return;
      const smaller = mul(region.radius, rational(1 + (asked.seed % 7), 8));
      const shrunk = { ...asked, region: { ...region, radius: smaller } };
      const [large, little] = [await verifier(asked), await verifier(shrunk)];
      if (large.verdict === 'unsat' && little.verdict === 'sat') {
        throw new Error(
          `expected no sat at radius ${formatRational(smaller)} after unsat at ${formatRational(region.radius)}`,
        );
      }
    }),
    law(subject, 'an unsafe set and its complement are not both missed', runs, drawn, async (asked) => {
      const first = asked.unsafe[0]?.[0];
      if (first === undefined) return;
      const half = { ...asked, unsafe: [[first]] };
      const rest = { ...asked, unsafe: [[complement(first)]] };
      const [own, other] = [await verifier(half), await verifier(rest)];
      if (own.verdict === 'unsat' && other.verdict === 'unsat') {
        throw new Error('expected some output in a half-space or outside it, got unsat for both');
      }
    }),
    law(
      subject,
      'a ball of one label is unsafe for another',
      part(2),
      instance({ norms, size: { max: 5 }, dimension: { max: 3 }, labels: { min: 2, max: 3 } }),
      (given) => requireFlip(given, verifier),
    ),
  ];
  return laws.filter(({ name }) => !without.includes(name));
}

/** Demands that a memorizer's ball is never called unsafe for its label, nor safe for another. */
async function requireFlip({ data, norm, radius }: MemorizationInstance, verifier: Verifier): Promise<void> {
  const { network } = defaultTheorem(norm).construct(data, { norm, radius });
  const reading = outputReading(network, Math.max(...data.labels) + 1);
  const asked = robustnessQuery(network, data, 0, { norm, radius, reading });
  const own = await verifier(asked);
  if (own.verdict === 'sat') throw new Error(`sample 0: expected no sat for its own label ${data.labels[0]}`);
  const label = data.labels.find((c) => c !== data.labels[0])!;
  const flipped = await verifier({ ...asked, unsafe: unsafeFor(reading, label) });
  if (flipped.verdict === 'unsat') {
    throw new Error(`sample 0: expected a point without label ${label}, which no point of its ball has; got unsat`);
  }
}

/** No constraint and its complement hold at once, and one of them always does. */
const complement = (c: Constraint): Constraint => ({
  columns: c.columns,
  weights: c.weights.map(neg),
  bias: neg(c.bias),
  strict: !c.strict,
});

function requireCompatible(own: Verdict, other: Verdict, who: string): void {
  const words = [own.verdict, other.verdict];
  if (!words.includes('sat') || !words.includes('unsat')) return;
  const found = own.verdict === 'sat' ? own : other;
  const where = found.verdict === 'sat' ? `, at ${shownValue(found.point)}` : '';
  throw new Error(`expected ${who} to agree, got ${own.verdict} against its ${other.verdict}${where}`);
}

function requireShown(asked: Query, answer: Verdict & { readonly verdict: 'sat' }): void {
  const { point: x, outputs } = answer;
  if (!isInside(asked.region, x)) throw new Error(`expected a point of the region after sat, got ${shownValue(x)}`);
  if (!isUnsafe(asked, x)) throw new Error(`expected an unsafe output after sat, got a safe one at ${shownValue(x)}`);
  const exact = evaluate(asked.network, x);
  if (outputs.length !== exact.length || outputs.some((y, k) => !equal(y, exact[k]!))) {
    throw new Error(`expected outputs ${shownValue(exact)} at ${shownValue(x)}, got ${shownValue(outputs)}`);
  }
}
