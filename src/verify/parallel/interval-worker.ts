/**
 * The program of an interval worker thread: questions about one network come in, verdicts go out.
 *
 * Whatever the engine throws ends the thread; the side that asked sees the error there.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { intervalEngine } from '../checked-interval.js';
import type { IntervalAnswer, IntervalQuestion, IntervalWorkerData } from './parallel-intervals.js';

const { network, check } = workerData as IntervalWorkerData;
const work = { doubles: 0, bigints: 0 };
const engine = intervalEngine(network, { check, work });

parentPort?.on('message', (question: IntervalQuestion) => {
  work.doubles = 0;
  work.bigints = 0;
  const answer: IntervalAnswer = { verdict: engine.verify({ network, ...question }), work };
  parentPort?.postMessage(answer);
});
