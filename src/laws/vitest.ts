/**
 * vitest with the matchers of muball: importing this file extends `expect`, and its types.
 */
import { expect } from 'vitest';
import type { Dataset } from '../geometry/index.js';
import type { ExactInput } from './exact-input.js';
import { muballMatchers, type PointSetting, type RobustnessSetting } from './matchers.js';

expect.extend(muballMatchers);

declare module 'vitest' {
  interface Matchers<T> {
    /** The network has the label of every sample on its whole closed ball; await it. */
    toMemorizeRobustly(data: Dataset, setting: RobustnessSetting): Promise<void>;
    /** The network has one label on the whole closed ball around a point; await it. */
    toBeRobustAt(point: readonly ExactInput[], setting: PointSetting): Promise<void>;
  }
}
