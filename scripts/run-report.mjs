/**
 * A vitest reporter: after the usual output, the number of runs of every property, and, for run-tests.mjs, the counts
 * of the whole run as JSON in the file that MUBALL_TEST_SUMMARY names.
 */
import { writeFileSync } from 'node:fs';

export default class RunReport {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #properties = [];
  #seed;

  onTestCaseResult(testCase) {
    const { state } = testCase.result();
    if (state === 'passed') this.#passed++;
    else if (state === 'failed') this.#failed++;
    else this.#skipped++;
    const run = testCase.meta().property;
    if (run === undefined) return;
    this.#seed = run.seed;
    this.#properties.push({ file: testCase.module.relativeModuleId, name: testCase.fullName, ...run });
  }

  onTestRunEnd(modules, errors) {
    // A file that cannot be loaded has no tests; it counts as one failure, so that nothing fails silently.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const short = this.#properties.filter((property) => property.runs < property.asked);
    if (this.#properties.length > 0) this.#print();
    if (short.length > 0) process.exitCode = 1;
    if (process.env.MUBALL_TEST_SUMMARY === undefined) return;
    const summary = {
      passed: this.#passed,
      failed: this.#failed + broken + errors.length,
      skipped: this.#skipped,
      runs: this.#properties.reduce((sum, property) => sum + property.runs, 0),
      seed: this.#seed,
      short: short.map(({ name, runs, asked }) => `${name}: ${runs} of ${asked} runs`),
    };
    writeFileSync(process.env.MUBALL_TEST_SUMMARY, JSON.stringify(summary));
  }

  #print() {
    const lines = [`\n runs of each property (seed ${this.#seed})`];
    let file = '';
    for (const property of this.#properties.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))) {
      if (property.file !== file) lines.push(`   ${property.file}`);
      file = property.file;
      const enough = property.runs < property.asked ? ` of ${property.asked} asked for` : '';
      const kept = property.replayed > 0 ? `, ${property.replayed} kept` : '';
      const stale = property.stale > 0 ? `, ${property.stale} kept no longer drawn` : '';
      lines.push(`   ${String(property.runs).padStart(7)}${enough}${kept}${stale}  ${property.name}`);
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
