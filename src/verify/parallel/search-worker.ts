/**
 * The program of a search worker thread: questions about one network come in, verdicts go out.
 *
 * Whatever the engine throws ends the thread; the side that asked sees the error there. Certificates travel as text: the
 * threads' own way of copying values is recursive, and trees may be deep.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { certificateText } from '../../format/index.js';
import { checkedRidge } from '../checked-ridge.js';
import { checkedSearch } from '../checked-search.js';
import type { SearchAnswer, SearchQuestion, SearchWorkerData } from './search-engine.js';

const { network, ...options } = workerData as SearchWorkerData;

const { check, timeoutMs } = options;
const limits = {
  ...(check === undefined ? {} : { check }),
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
};

parentPort?.on('message', async ({ ridge, ...question }: SearchQuestion) => {
  const query = { network, ...question };
  const found =
    ridge === undefined ? await checkedSearch(query, options) : checkedRidge(query, { ...limits, ...ridge });
  if (found.verdict !== 'unsat') return answer({ verdict: found });
  const { certificate, ...verdict } = found;
  answer({ verdict, ...(certificate === undefined ? {} : { certificate: certificateText(certificate) }) });
});

const answer = (message: SearchAnswer): void => parentPort?.postMessage(message);
