/** The messages of z3's child: everything that is not exactly one of them is refused. */
import { describe, expect, it } from 'vitest';
import { isZ3Message } from '../../../src/verify/smt/z3-protocol.js';

describe('protocol', () => {
  it.each([
    [{ kind: 'ready' }, true],
    [{ kind: 'failed', reason: 'z3: out of memory' }, true],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'unsat' } }, true],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { rational: '-7/2' } } } }, true],
    [
      {
        kind: 'answer',
        id: 1,
        memoryMb: 130,
        answer: { status: 'sat', model: { x: { algebraic: { lower: '1', upper: '3/2' } } } },
      },
      true,
    ],
    [null, false],
    ['ready', false],
    [{ kind: 'failed' }, false],
    [{ kind: 'answer', memoryMb: 130, answer: { status: 'unsat' } }, false],
    [{ kind: 'answer', id: 1, answer: { status: 'unsat' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'UNSAT' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'unknown' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat' } }, false],
    [{ kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { rational: '0.5' } } } }, false],
    [
      { kind: 'answer', id: 1, memoryMb: 130, answer: { status: 'sat', model: { x: { algebraic: { lower: '1' } } } } },
      false,
    ],
  ])('%j is a message: %s', (message, expected) => {
    expect(isZ3Message(message)).toBe(expected);
  });
});
