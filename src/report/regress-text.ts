/**
 * A regression report for the terminal: a line for each instance, below it what changed, last the counts.
 */
import { plainText } from './plain-text.js';
import { tally } from './proof-report.js';
import {
  changeText,
  fails,
  type InstanceEntry,
  type InstanceReport,
  instanceEntries,
  type RegressionReport,
  type Standing,
  standings,
} from './regression-report.js';
import { outcomeText } from './report-words.js';
import { secondsText } from './text.js';
import { grouped } from './value-text.js';

export interface RegressTextOptions {
  /** Terminal colours; never without being asked for. @defaultValue false */
  readonly color?: boolean;
}

/** The report as lines for a terminal; ends with a line end. */
export function regressText(report: RegressionReport, options: RegressTextOptions = {}): string {
  const paint = (options.color ?? false) ? painted : plain;
  const lines = instanceEntries(report).flatMap((entry) => {
    const { mark, color } = marks[entry.standing];
    return [paint(color, `${mark} ${entry.name}: ${headText(entry)}`), ...detailLines(entry)];
  });
  return [...lines, ...report.notes.map(plainText), summaryText(report), ...adviceLines(report), ''].join('\n');
}

const marks: Readonly<Record<Standing, { readonly mark: string; readonly color: number }>> = {
  failed: { mark: '✗', color: 31 },
  contradiction: { mark: '✗', color: 31 },
  worse: { mark: '✗', color: 31 },
  better: { mark: '↑', color: 32 },
  changed: { mark: '~', color: 33 },
  'as locked': { mark: '✓', color: 32 },
};

function headText({ instance, standing }: InstanceEntry): string {
  if (standing === 'failed') return 'could not be run';
  if (instance === undefined) return standing;
  const all = instance.balls.length === instance.samples ? '' : `, ${grouped(instance.samples)} in all`;
  const checked = instance.balls.length === 0 ? 'sizes only' : outcomeText(tally(instance.balls));
  return `${checked}${all}, ${standing}${cachedText(instance)}`;
}

function cachedText({ balls }: InstanceReport): string {
  const kept = balls.filter((ball) => ball.cached !== undefined);
  if (kept.length === 0) return '';
  const believed = kept.filter((ball) => ball.cached === 'believed').length;
  const how =
    believed === 0 ? 'verified again' : believed === kept.length ? 'on trust' : `${grouped(believed)} on trust`;
  return ` (${grouped(kept.length)} from the cache, ${how})`;
}

function detailLines({ instance, changes }: InstanceEntry): string[] {
  return [
    ...(instance?.failure === undefined ? [] : [`    ${plainText(instance.failure.message)}`]),
    ...changes.flatMap((change) => [
      `    ${change.direction}  ${changeText(change)}`,
      ...(change.note === undefined ? [] : [`      ${plainText(change.note)}`]),
    ]),
  ];
}

/** "12 instances, 312 balls against muball.lock.json in 3.1 s: 1 worse, 1 better". */
export function summaryText(report: RegressionReport): string {
  const entries = instanceEntries(report);
  const balls = report.instances.reduce((sum, instance) => sum + instance.balls.length, 0);
  const counts = standings
    .map((how) => ({ how, n: entries.filter(({ standing }) => standing === how).length }))
    .filter(({ n }) => n > 0)
    .map(({ how, n }) => `${grouped(n)} ${how}`);
  const part = report.shard === undefined ? '' : `part ${report.shard.index} of ${report.shard.of}: `;
  const time = report.seconds === undefined ? '' : ` in ${secondsText(report.seconds)}`;
  const outcome = counts.length === 0 ? 'nothing to do' : counts.join(', ');
  const end = report.interrupted ? '; interrupted, what is not listed was not looked at' : '';
  return `${part}${counted(entries.length, 'instance')}, ${counted(balls, 'ball')} against ${plainText(report.lock)}${time}: ${outcome}${end}`;
}

const counted = (n: number, what: string): string => `${grouped(n)} ${what}${n === 1 ? '' : 's'}`;

function adviceLines({ changes, muball }: RegressionReport): string[] {
  const lines: string[] = [];
  if (changes.some(({ direction }) => direction === 'contradiction')) {
    lines.push(
      'a contradiction means that muball was or is wrong about a ball, or that the lock file was edited: please report it',
    );
  }
  if (changes.some(fails)) lines.push('muball lock records what is true now, for the worse too');
  else if (changes.length > 0) lines.push('muball regress --update records these changes');
  if (changes.length > 0 && muball.locked !== muball.now) {
    lines.push(`locked by muball ${plainText(muball.locked)}, this is ${muball.now}`);
  }
  return lines;
}

const plain = (_: number, text: string): string => text;
const painted = (color: number, text: string): string => `\u001b[${color}m${text}\u001b[0m`;
