/**
 * A progress bar on stderr; silent where stderr is no terminal.
 */
import { SingleBar } from 'cli-progress';

export interface ProgressBar {
  increment(): void;
  /** How much is done. */
  update(done: number): void;
  stop(): void;
}

const silent: ProgressBar = { increment: () => undefined, update: () => undefined, stop: () => undefined };

export function progressBar(title: string, total: number): ProgressBar {
  if (process.stderr.isTTY !== true) return silent;
  const bar = new SingleBar({
    format: `${title} {bar} {value}/{total} · {duration_formatted} · {eta_formatted} left`,
    stream: process.stderr,
    clearOnComplete: true,
    // Its handlers would swallow SIGTERM, and a cursor that is not hidden needs no care.
    gracefulExit: false,
    hideCursor: false,
    barsize: 24,
  });
  bar.start(total, 0);
  return { increment: () => bar.increment(), update: (done) => bar.update(done), stop: () => bar.stop() };
}
