/** Test files of one process count what each of them covers: stryker adds up what they report. */
const coverage = globalThis.__stryker__?.mutantCoverage;
if (coverage !== undefined) Object.assign(coverage, { static: {}, perTest: {} });
