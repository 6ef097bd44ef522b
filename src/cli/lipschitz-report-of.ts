/** What was found about a Lipschitz constant, as the data that reports print. */
import { formatRational, type Rational, subVectors, type Vector } from '../exact/index.js';
import type { Norm } from '../format/index.js';
import { magnitude } from '../geometry/index.js';
import { evaluate, type Network } from '../network/index.js';
import type { AttainedReport, LipschitzReport } from '../report/lipschitz-text.js';
import {
  type Attained,
  type ExactLipschitz,
  functionalLayers,
  type LipschitzBound,
  type OutputFunctional,
  type SampledGradients,
} from '../verify/lipschitz/index.js';

export interface LipschitzFindings {
  readonly network: Network;
  readonly norm: Norm;
  readonly functional?: OutputFunctional;
  readonly bounds: readonly LipschitzBound[];
  readonly sampled?: SampledGradients;
  readonly exact?: ExactLipschitz;
}

export function lipschitzReportOf(found: LipschitzFindings): LipschitzReport {
  const { norm, bounds, sampled, exact } = found;
  return {
    norm,
    squared: norm === 'l2',
    bounds: bounds.map((bound) => ({ method: bound.method, atMost: constantOf(bound.magnitude) })),
    ...(sampled?.magnitude === undefined
      ? {}
      : { sampled: { points: sampled.points, atLeast: formatRational(sampled.magnitude) } }),
    ...(exact === undefined
      ? {}
      : {
          exact: {
            isComplete: exact.isComplete,
            atLeast: formatRational(exact.lower),
            atMost: constantOf(exact.bound.magnitude),
            cells: exact.cells,
            leftOut: exact.leftOut,
            ...(exact.jump === undefined ? {} : { jump: exact.jump }),
            ...(exact.attained === undefined ? {} : { attained: attainedReport(found, exact.attained) }),
          },
        }),
  };
}

const constantOf = (value: Rational | undefined) => (value === undefined ? null : formatRational(value));

/** The two points with the outputs that the network has there, evaluated here. */
function attainedReport({ network, norm, functional }: LipschitzFindings, attained: Attained): AttainedReport {
  const layers = functionalLayers(network, functional);
  const [outputs, toOutputs] = [evaluate({ layers }, attained.point), evaluate({ layers }, attained.to)];
  const texts = (v: Vector): string[] => v.map(formatRational);
  return {
    point: texts(attained.point),
    outputs: texts(outputs),
    gradient: attained.gradient.map(texts),
    to: texts(attained.to),
    toOutputs: texts(toOutputs),
    distance: formatRational(magnitude(norm, subVectors(attained.to, attained.point))),
    outputDistance: formatRational(magnitude(norm, subVectors(toOutputs, outputs))),
  };
}
