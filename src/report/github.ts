/**
 * A regression report for GitHub Actions: annotations, and Markdown for the summary of a step.
 *
 * Main definitions: `githubAnnotations`, `githubSummary`.
 *
 * GitHub shows at most ten annotations of each kind from one step and drops the rest without a word, and refuses a step
 * summary above 1 MiB. So the tenth annotation says how many more there are, long messages are cut, and rows that do not
 * fit into the summary are counted instead. Values are escaped as workflow commands ask for.
 */
import type { Change } from '../regression/compare.js';
import { inline } from './markdown.js';
import { tally } from './proof-report.js';
import { summaryText } from './regress-text.js';
import {
  changeText,
  fails,
  instanceEntries,
  type RegressionReport,
  type Standing,
  standings,
  subjectText,
} from './regression-report.js';
import { outcomeText } from './report-words.js';

/** Annotations of one kind that GitHub shows for a step. */
export const mostAnnotations = 10;
/** Characters of a message; GitHub takes 64 KiB, a person reads less. */
export const longestMessage = 4000;
/** Characters of a title that are shown. */
const longestTitle = 200;
/** Bytes of a step summary. */
export const largestSummary = 1024 * 1024;

interface Annotation {
  readonly kind: 'error' | 'notice';
  readonly instance: string;
  readonly message: string;
}

/** Workflow commands, one a line: an error for what got worse or could not be run, a notice for what got better. */
export function githubAnnotations(report: RegressionReport): string {
  const failures = report.instances.flatMap(({ name, failure }): Annotation[] =>
    failure === undefined ? [] : [{ kind: 'error', instance: name, message: failure.message }],
  );
  const changes = report.changes
    .filter((change) => fails(change) || change.direction === 'better')
    .map(
      (change): Annotation => ({
        kind: fails(change) ? 'error' : 'notice',
        instance: change.instance,
        message: messageOf(change),
      }),
    );
  const all = [...failures, ...changes];
  const lines = (['error', 'notice'] as const).flatMap((kind) =>
    limited(
      report,
      kind,
      all.filter((a) => a.kind === kind),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

const messageOf = (change: Change): string =>
  changeText(change) + (change.note === undefined ? '' : `\n${change.note}`);

function limited(report: RegressionReport, kind: Annotation['kind'], all: readonly Annotation[]): string[] {
  const shown = all.length <= mostAnnotations ? all : all.slice(0, mostAnnotations - 1);
  const lines = shown.map(({ instance, message }) => command(report, kind, instance, message));
  if (shown.length === all.length) return lines;
  return [
    ...lines,
    `::${kind} title=muball::${escapeData(`and ${all.length - shown.length} more, see the summary of the step`)}`,
  ];
}

function command(report: RegressionReport, kind: string, instance: string, message: string): string {
  const line = report.instances.find(({ name }) => name === instance)?.line;
  const place = line === undefined ? [] : [`file=${escapeProperty(report.instancesFile)}`, `line=${line}`];
  const properties = [...place, `title=${escapeProperty(cut(`muball: ${instance}`, longestTitle))}`];
  return `::${kind} ${properties.join(',')}::${escapeData(cut(message, longestMessage))}`;
}

/** The first characters of a text, whole code points, with an ellipsis when something is left out. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Text as the message of a workflow command. */
export const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** Text as a property of a workflow command. */
export const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The report as Markdown of at most so many bytes, ending with a line end; nothing where that is not enough for its head. */
export function githubSummary(report: RegressionReport, most = largestSummary): string {
  const entries = instanceEntries(report);
  const rows = entries
    .toSorted((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing))
    .map(({ name, standing, instance }) => {
      const balls = instance === undefined || instance.balls.length === 0 ? '' : outcomeText(tally(instance.balls));
      return row([inline(name), quiet.includes(standing) ? standing : `**${standing}**`, inline(balls)]);
    });
  const details = entries.flatMap(({ name, instance, changes }) => [
    ...(instance?.failure === undefined
      ? []
      : [row([inline(name), '**failed**', '', '', shown(instance.failure.message)])]),
    ...changes.map((change) =>
      row([
        inline(name),
        fails(change) ? `**${change.direction}**` : change.direction,
        inline(subjectText(change)),
        shown(change.locked),
        shown(change.now) + (change.note === undefined ? '' : `<br>${shown(change.note)}`),
      ]),
    ),
  ]);
  const head = ['## muball regress', '', inline(summaryText(report)), ''];
  const room = { left: most - bytes(`${head.join('\n')}\n`) - reserved };
  if (room.left < 0) return '';
  return `${[
    ...head,
    ...tableOf(['instance', 'standing', 'balls'], rows, room),
    ...(details.length === 0 ? [] : ['', ...tableOf(['instance', 'change', 'of', 'locked', 'now'], details, room)]),
  ].join('\n')}\n`;
}

/** Standings that need no emphasis. */
const quiet: readonly Standing[] = ['changed', 'as locked'];
const shown = (text: string): string => inline(cut(text, longestMessage));
/** Bytes kept for both table heads and the lines that count what is left out. */
const reserved = 600;
const bytes = (text: string): number => Buffer.byteLength(text);
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table with as many rows as there is room for; what is left out is counted below it. */
function tableOf(head: readonly string[], rows: readonly string[], room: { left: number }): string[] {
  const shown: string[] = [];
  for (const line of rows) {
    if (bytes(line) + 1 > room.left) break;
    room.left -= bytes(line) + 1;
    shown.push(line);
  }
  const rest = rows.length - shown.length;
  return [row(head), row(head.map(() => '---')), ...shown, ...(rest === 0 ? [] : ['', `… and ${rest} more rows.`])];
}
