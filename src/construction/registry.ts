/**
 * The list of theorems, in the order reports show them.
 */
import { InputError, type Norm } from '../format/index.js';
import { eysBallL1 } from './eys/ball-indicator-l1.js';
import { eysBallL2 } from './eys/ball-indicator-l2.js';
import { eysBall } from './eys/ball-indicator-linf.js';
import { eysPair } from './eys/pair.js';
import { eysProjectedBall } from './eys/projected-ball.js';
import { eysProjectedPair } from './eys/projected-pair.js';
import { finkeConvolutional } from './finke/convolutional.js';
import { finkeAxis, finkeThreshold } from './finke/threshold.js';
import { thresholdBox } from './finke/threshold-box.js';
import { kmyLarge } from './kmy/large.js';
import { kmyModerate } from './kmy/moderate.js';
import { kmySmall } from './kmy/small.js';
import type { Theorem } from './theorem.js';
import { ygzLipschitzArgmax } from './ygz/lipschitz-argmax.js';
import { ygzLipschitzNarrow } from './ygz/lipschitz-narrow.js';
import { ygzLipschitz } from './ygz/lipschitz-wide.js';
import { ygzNarrow } from './ygz/narrow-linf.js';
import { ygzL2 } from './ygz/square-l2.js';
import { ygzL1 } from './ygz/sum-l1.js';
import { ygzWide } from './ygz/wide-linf.js';

export const theorems: readonly Theorem[] = [
  ygzWide,
  eysPair,
  ygzL1,
  ygzL2,
  ygzNarrow,
  ygzLipschitz,
  ygzLipschitzNarrow,
  ygzLipschitzArgmax,
  eysBall,
  eysBallL1,
  eysBallL2,
  eysProjectedBall,
  eysProjectedPair,
  kmySmall,
  kmyModerate,
  kmyLarge,
  thresholdBox,
  finkeThreshold,
  finkeAxis,
  finkeConvolutional,
];

/** The theorem of a name. @throws InputError listing the names when there is none. */
export function theoremNamed(name: string, where = '--construction'): Theorem {
  const found = theorems.find((theorem) => theorem.name === name);
  if (found === undefined) {
    throw new InputError(
      `${where}: expected ${theorems.map((theorem) => theorem.name).join(', ')}, got ${JSON.stringify(name)}`,
    );
  }
  return found;
}

/** The construction used for a norm when none is named: the one that interval propagation proves whole. */
export const defaultTheorem = (norm: Norm): Theorem => (norm === 'linf' ? ygzWide : eysPair);
