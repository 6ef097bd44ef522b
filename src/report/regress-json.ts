/** A regression report as JSON, for programs: its plain data with how each instance stands and how many balls ended how. */
import { tally } from './proof-report.js';
import { instanceEntries, type RegressionReport } from './regression-report.js';

/** `{"format":"muball-regression","version":1,…}`, indented by two blanks, with a line end. */
export function regressJson(report: RegressionReport): string {
  const { instances: _, ...rest } = report;
  const all = instanceEntries(report).map(({ name, standing, instance }) => ({
    name,
    standing,
    ...(instance === undefined ? {} : { ...instance, tally: tally(instance.balls) }),
  }));
  const value = { format: 'muball-regression', version: 1, ...rest, instances: all };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
