#!/usr/bin/env node
/**
 * `muball-check`: checks one certificate from the command line.
 *
 * Exit codes: 0 valid; 1 invalid; 2 wrong usage, or a file that cannot be read or is not JSON.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { checker } from './check.js';

const usage = `Usage: muball-check <network.json> <query.json> <certificate.json>
Checks that the certificate proves: no point of the query's region reaches an unsafe output of the network.
Prints "valid" (exit code 0) or "invalid: where: why" (1). Wrong usage, or a file unreadable or not JSON: 2.
`;

process.exitCode = run(process.argv.slice(2));

/** Runs the command and returns its exit code. */
function run(args: readonly string[]): number {
  if (args.includes('--help')) return say('stdout', usage, 0);
  if (args.length !== 3) return say('stderr', usage, 2);
  const files: unknown[] = [];
  for (const path of args) {
    try {
      files.push(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      const why = error instanceof SyntaxError ? 'not JSON' : `not readable (${(error as NodeJS.ErrnoException).code})`;
      return say('stderr', `muball-check: ${path}: ${why}\n`, 2);
    }
  }
  const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
  const [network, query, certificate] = files;
  const check = checker(network);
  const outcome = 'outcome' in check ? check : check.check(query, certificate, sha256);
  if (outcome.outcome === 'valid') return say('stdout', 'valid\n', 0);
  return say('stdout', `invalid: ${outcome.where}: ${outcome.why}\n`, 1);
}

function say(stream: 'stdout' | 'stderr', text: string, code: number): number {
  process[stream].write(text);
  return code;
}
