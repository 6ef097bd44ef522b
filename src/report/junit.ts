/**
 * A regression report as JUnit XML, which continuous integration reads: a suite for each instance; a case for each ball
 * of the run and one for dataset, network and sizes.
 *
 * What got worse is a `failure`; what could not be run, and a query answered both ways, is an `error`. The format has
 * no definition; this is the part that Jenkins, GitLab and GitHub's readers agree on.
 */
import type { Change } from '../regression/compare.js';
import {
  changeText,
  fails,
  type InstanceEntry,
  type InstanceReport,
  instanceEntries,
  type RegressionReport,
} from './regression-report.js';
import { escapeXml } from './xml.js';

/** The document; ends with a line end. */
export function junitXml(report: RegressionReport): string {
  const suites = instanceEntries(report).map(suiteOf);
  const total = (pick: (suite: Suite) => number): number => suites.reduce((sum, suite) => sum + pick(suite), 0);
  const counts = `tests="${total((s) => s.cases.length)}" failures="${total((s) => s.failures)}" errors="${total((s) => s.errors)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="muball regress" ${counts} time="${timeText(report.seconds ?? total((s) => s.seconds))}">`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Case {
  readonly name: string;
  readonly seconds: number;
  readonly problem?: { readonly kind: 'failure' | 'error'; readonly message: string; readonly text: string };
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly failures: number;
  readonly errors: number;
  readonly seconds: number;
}

function suiteOf({ name, instance, changes }: InstanceEntry): Suite {
  const cases = instance === undefined ? [wholeCase(changes)] : casesOf(instance, changes);
  const count = (kind: 'failure' | 'error'): number => cases.filter((c) => c.problem?.kind === kind).length;
  const seconds = cases.reduce((sum, c) => sum + c.seconds, 0);
  return { name, cases, failures: count('failure'), errors: count('error'), seconds };
}

function casesOf(instance: InstanceReport, changes: readonly Change[]): Case[] {
  if (instance.failure !== undefined) {
    const { message } = instance.failure;
    return [{ name: 'run', seconds: 0, problem: { kind: 'error', message, text: message } }];
  }
  const bySample = new Map<number, Change[]>();
  for (const change of changes) {
    for (const sample of change.samples ?? []) bySample.set(sample, [...(bySample.get(sample) ?? []), change]);
  }
  return [
    ...(instance.whole ? [wholeCase(changes.filter((change) => change.samples === undefined))] : []),
    ...instance.balls.map(({ sample, seconds = 0 }) => ({
      name: `sample ${sample}`,
      seconds,
      ...problemOf((bySample.get(sample) ?? []).map((change) => ({ ...change, samples: [sample] }))),
    })),
  ];
}

const wholeCase = (changes: readonly Change[]): Case => ({
  name: 'dataset, network and sizes',
  seconds: 0,
  ...problemOf(changes),
});

function problemOf(changes: readonly Change[]): Pick<Case, 'problem'> {
  const bad = changes.filter(fails);
  if (bad.length === 0) return {};
  const kind = bad.some(({ direction }) => direction === 'contradiction') ? 'error' : 'failure';
  const lines = bad.flatMap((change) => [changeText(change), ...(change.note === undefined ? [] : [change.note])]);
  return { problem: { kind, message: changeText(bad[0]!), text: lines.join('\n') } };
}

function suiteLines({ name, cases, failures, errors, seconds }: Suite): string[] {
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="0"`;
  return [
    `  <testsuite name="${escapeXml(name)}" ${counts} time="${timeText(seconds)}">`,
    ...cases.flatMap((one) => caseLines(name, one)),
    '  </testsuite>',
  ];
}

function caseLines(suite: string, { name, seconds, problem }: Case): string[] {
  const head = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="${timeText(seconds)}"`;
  if (problem === undefined) return [`${head}/>`];
  const { kind, message, text } = problem;
  return [`${head}>`, `      <${kind} message="${escapeXml(message)}">${escapeXml(text)}</${kind}>`, '    </testcase>'];
}

const timeText = (seconds: number): string => seconds.toFixed(3);
