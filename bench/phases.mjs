/**
 * Phases of a benchmark: seconds, and the peak memory of the process, threads included, up to their end.
 */

/** Runs a phase, prints its line and returns what it made. */
export async function phase(name, run) {
  const start = performance.now();
  const made = await run();
  line(name, (performance.now() - start) / 1000);
  return made;
}

/** The heading of the lines. */
export function heading() {
  console.log(`${'phase'.padEnd(18)}${'seconds'.padStart(9)}${'peak MB'.padStart(9)}`);
}

/** One line: what took how many seconds, and the peak memory so far. */
export function line(name, seconds) {
  console.log(`${name.padEnd(18)}${seconds.toFixed(2).padStart(9)}${String(peakMegabytes()).padStart(9)}`);
}

/** Largest resident memory of this process so far. */
export const peakMegabytes = () => Math.round(process.resourceUsage().maxRSS / 1024);
