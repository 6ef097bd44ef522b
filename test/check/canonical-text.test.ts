/**
 * The canonical text of networks and queries, pinned letter by letter, and the spellings that share it.
 */
import { expect, test } from 'vitest';
import { outcomeOf, sha256 } from './example.js';

const networkText =
  '{"format":"muball-network","version":1,"output":{"notion":"sign","negative":0,"positive":1},"layers":[' +
  '{"activation":"relu","inputs":2,"rows":[{"bias":"-11/4","columns":[0,1],"weights":["1","-3/8"]},{"bias":"0","columns":[],"weights":[]}]},' +
  '{"activation":"step","inputs":2,"rows":[{"bias":"12","columns":[1],"weights":["1/10"]}]}]}';
const networkHash = 'eae8a71bb5ac87eb12e7ba56a0cfa25899d9a88cad64343764a575d201c459d2';
const head = `{"format":"muball-query","version":1,"network":{"sha256":"${networkHash}"},`;
const ballText =
  `${head}"region":{"kind":"ball","norm":"l2","centre":["1/2","-3"],"radius":"1/8","open":true},` +
  '"unsafe":[[{"columns":[0],"weights":["0"],"bias":"-1","strict":true},{"columns":[0],"weights":["5"],"bias":"0"}]]}';
const ballHash = '7578a859443c4551eed453c4d2d19ae65c17bb7896c879c9cae6b06b8f400228';
const boxText = `${head}"region":{"kind":"box","lower":["0","0"],"upper":["0","1/3"]},"unsafe":[]}`;
const boxHash = 'e43ae917a9ee98b2b23b2534864eba775b98af70a70f9e3b02b84433ba164afc';

const certificate = (query: string, proofs: number) => ({
  format: 'muball-certificate',
  version: 1,
  query,
  proofs: Array.from({ length: proofs }, () => ({ rule: 'interval' })),
});

test('SHA-256 of the texts', () => {
  expect([sha256(networkText), sha256(ballText), sha256(boxText)]).toEqual([networkHash, ballHash, boxHash]);
});

test('canonical files are their own text', () => {
  expect(outcomeOf(JSON.parse(networkText), JSON.parse(ballText), certificate(ballHash, 1))).toEqual({
    outcome: 'valid',
  });
  expect(outcomeOf(JSON.parse(networkText), JSON.parse(boxText), certificate(boxHash, 0))).toEqual({
    outcome: 'valid',
  });
});

/** The same network and the same query: other order of fields, other spellings, provenance, false flags. */
const networkSpelling = `{ "layers": [
  { "inputs": 2, "rows": [{ "weights": ["+1.0", "-0.375"], "columns": [0, 1], "bias": "-2.75" }, { "bias": 0, "weights": [], "columns": [] }], "activation": "relu" },
  { "rows": [{ "columns": [1], "bias": "1.2e1", "weights": ["10/100"] }], "activation": "step", "inputs": 2 } ],
  "provenance": { "theorem": "none" }, "output": { "positive": 1, "negative": 0, "notion": "sign" }, "version": 1, "format": "muball-network" }`;
const ballSpelling = `{ "unsafe": [[{ "bias": "-1", "strict": true, "weights": ["-0.0"], "columns": [0] },
  { "weights": [5], "columns": [0], "bias": "0/3", "strict": false }]],
  "region": { "radius": "125e-3", "open": true, "centre": [".5", -3], "norm": "l2", "kind": "ball" },
  "network": ${networkSpelling}, "version": 1, "format": "muball-query" }`;

test.each([
  ['network', networkSpelling, ballText],
  ['query', networkText, ballSpelling],
  ['both', networkSpelling, ballSpelling],
])('another spelling of the %s has the same hash', (_, network, query) => {
  expect(outcomeOf(JSON.parse(network), JSON.parse(query), certificate(ballHash, 1))).toEqual({ outcome: 'valid' });
});

test.each([
  ['a label', networkText.replace('"positive":1', '"positive":2')],
  ['the notion', networkText.replace(/"output":.*"layers"/, '"layers"')],
])('%s belongs to the hash of the network', (_, text) => {
  expect(outcomeOf(JSON.parse(text), JSON.parse(boxText), certificate(boxHash, 0))).toMatchObject({
    outcome: 'invalid',
    where: 'query.network',
  });
});
