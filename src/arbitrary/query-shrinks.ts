/**
 * Simpler queries: fewer conjunctions and constraints, fewer inputs, simpler networks, regions and numbers.
 *
 * Main definitions: `queryProposals`, `querySize`.
 */
import type { Rational, Vector } from '../exact/index.js';
import { norms } from '../format/index.js';
import { ball, type Region } from '../geometry/index.js';
import { inputDimension } from '../network/index.js';
import { swapped, without } from './lists.js';
import { networkProposalsInPlace, networkSize, withoutInput } from './network-shrinks.js';
import type { OutputConstraint, QueryInstance } from './query-instance.js';
import type { Size } from './shrinking.js';
import { simplerRationals, totalCost } from './simpler.js';

/** Conjunctions, constraints, the network, the region, the numbers of the constraints, strict ones. */
export function querySize({ network, region, unsafe }: QueryInstance): Size {
  const constraints = unsafe.flat();
  return [
    unsafe.length,
    constraints.length,
    ...networkSize(network),
    region.kind === 'box' ? norms.length : norms.indexOf(region.norm),
    region.kind === 'ball' && region.open ? 1 : 0,
    ...totalCost(region.kind === 'box' ? [...region.lower, ...region.upper] : [...region.centre, region.radius]),
    constraints.reduce((sum, c) => sum + c.columns.length, 0),
    ...totalCost(constraints.flatMap((c) => [...c.weights, c.bias])),
    constraints.filter((c) => c.strict).length,
  ];
}

/** Proposals for a simpler query, the most drastic first. */
export function* queryProposals(given: QueryInstance): Generator<QueryInstance> {
  const { network, region, unsafe } = given;
  for (let i = 0; i < unsafe.length; i++) yield { ...given, unsafe: [unsafe[i]!] };
  for (let i = 0; i < unsafe.length; i++) yield { ...given, unsafe: without(unsafe, i) };
  for (let i = 0; i < unsafe.length; i++) {
    for (let k = 0; k < unsafe[i]!.length; k++) {
      yield { ...given, unsafe: swapped(unsafe, i, without(unsafe[i]!, k)) };
    }
  }
  const d = inputDimension(network);
  for (let j = 0; j < d && d > 1; j++) {
    yield { network: withoutInput(network, j), region: regionWithout(region, j), unsafe };
  }
  for (const simpler of networkProposalsInPlace(network)) yield { ...given, network: simpler };
  for (const simpler of regionProposals(region)) yield { ...given, region: simpler };
  for (let i = 0; i < unsafe.length; i++) {
    for (let k = 0; k < unsafe[i]!.length; k++) {
      for (const simpler of constraintProposals(unsafe[i]![k]!)) {
        yield { ...given, unsafe: swapped(unsafe, i, swapped(unsafe[i]!, k, simpler)) };
      }
    }
  }
}

function regionWithout(region: Region, j: number): Region {
  return region.kind === 'box'
    ? { kind: 'box', lower: without(region.lower, j), upper: without(region.upper, j) }
    : { ...region, centre: without(region.centre, j) };
}

function* simplerEntries(v: Vector): Generator<Rational[]> {
  for (let j = 0; j < v.length; j++) for (const w of simplerRationals(v[j]!)) yield swapped(v, j, w);
}

function* regionProposals(region: Region): Generator<Region> {
  if (region.kind === 'box') {
    yield { ...region, upper: region.lower };
    for (const upper of simplerEntries(region.upper)) yield { ...region, upper };
    for (const lower of simplerEntries(region.lower)) yield { ...region, lower };
    return;
  }
  if (region.open) yield { ...region, open: false };
  for (const norm of norms) if (norm !== region.norm) yield ball(norm, region.centre, region.radius, region.open);
  for (const radius of simplerRationals(region.radius)) yield { ...region, radius };
  for (const centre of simplerEntries(region.centre)) yield { ...region, centre };
}

function* constraintProposals(c: OutputConstraint): Generator<OutputConstraint> {
  if (c.strict) yield { ...c, strict: false };
  for (let k = 0; k < c.columns.length; k++) {
    yield { ...c, columns: without(c.columns, k), weights: without(c.weights, k) };
  }
  for (const weights of simplerEntries(c.weights)) yield { ...c, weights };
  for (const bias of simplerRationals(c.bias)) yield { ...c, bias };
}
