#!/usr/bin/env node
/**
 * `muball-check`: checks one certificate from the command line.
 *
 * Exit codes: 0 valid; 1 invalid; 2 wrong usage, or a file that cannot be read or is not JSON; 3 holey.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checker } from './check.js';

const usage = `Usage: muball-check <network.json> <query.json> <certificate.json>
       muball-check --query <query.json> --proof <certificate.json> [--network <network.json>]
Checks that the certificate proves: no point of the query's region reaches an unsafe output of the network.
The network may be left out when the query holds it whole. Prints "valid" (exit code 0), "invalid: where: why" (1), or
"holey: where: why" (3): a proof is missing there. Wrong usage, or a file unreadable or not JSON: 2.
`;
const text = { type: 'string' } as const;
const options = { network: text, query: text, proof: text, help: { type: 'boolean' } } as const;
const codes = { valid: 0, invalid: 1, holey: 3 };

process.exitCode = run(process.argv.slice(2));

/** Runs the command and returns its exit code. */
function run(args: readonly string[]): number {
  let given: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    given = parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return say('stderr', `muball-check: ${(error as Error).message}\n${usage}`, 2);
  }
  const { values, positionals } = given;
  if (values.help) return say('stdout', usage, 0);
  const named = [values.network, values.query, values.proof];
  const isUsed = positionals.length === 3 ? named.every((path) => path === undefined) : positionals.length === 0;
  const [networkPath, queryPath, proofPath] = positionals.length === 0 ? named : positionals;
  if (!isUsed || queryPath === undefined || proofPath === undefined) return say('stderr', usage, 2);
  const files: unknown[] = [];
  for (const path of [queryPath, proofPath, ...(networkPath === undefined ? [] : [networkPath])]) {
    try {
      files.push(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      const why = error instanceof SyntaxError ? 'not JSON' : `not readable (${(error as NodeJS.ErrnoException).code})`;
      return say('stderr', `muball-check: ${path}: ${why}\n`, 2);
    }
  }
  const [query, certificate, network = wholeNetwork(query)] = files;
  if (network === undefined) return say('stderr', `muball-check: ${queryPath}: holds no network, give --network\n`, 2);
  const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
  const check = checker(network);
  const outcome = 'outcome' in check ? check : check.check(query, certificate, sha256);
  const words = outcome.outcome === 'valid' ? 'valid' : `${outcome.outcome}: ${outcome.where}: ${outcome.why}`;
  return say('stdout', `${words}\n`, codes[outcome.outcome]);
}

/** The network inside a query; undefined if there is none, or only its hash. */
function wholeNetwork(query: unknown): unknown {
  const network = (query as { network?: { layers?: unknown } } | null)?.network;
  return network?.layers === undefined ? undefined : network;
}

function say(stream: 'stdout' | 'stderr', text: string, code: number): number {
  process[stream].write(text);
  return code;
}
