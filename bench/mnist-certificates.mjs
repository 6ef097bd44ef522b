/**
 * Certificates of some MNIST balls, written as `muball prove --certificates` writes them and checked by `muball check`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificateFolder, datasetHash, formatRational, rangesText, robustnessQuery } from '../dist/index.js';

/** The checker reads a network whole: fourteen million weights as text take gigabytes. */
const heapMegabytes = 14_000;

/** What is wrong, and a sentence on what was checked. */
export function checkedInFolder(network, data, samples, balls, { norm, radius, reading, hash }) {
  const folder = mkdtempSync(join(tmpdir(), 'muball-mnist-'));
  try {
    const asked = {
      kind: 'balls',
      name: data.name,
      dataset: datasetHash(data),
      samples: data.size,
      norm,
      radius: formatRational(radius),
      output: reading,
    };
    const writer = certificateFolder(folder, { muball: 'bench', network: hash, asked }, { network, data });
    for (const i of samples) {
      writer.keep(i, robustnessQuery(network, data, i, { norm, radius, reading }), balls[i].verdict);
    }
    const written = writer.finish();
    const program = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
    const flags = [
      `--max-old-space-size=${heapMegabytes}`,
      program,
      'check',
      folder,
      '--samples',
      rangesText(samples),
      '--json',
    ];
    const child = spawnSync(process.execPath, flags, { encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (child.status === null || child.stdout === '') {
      return {
        wrong: [`muball check: ended by ${child.signal ?? child.status}: ${child.stderr.slice(-300)}`],
        text: 'none',
      };
    }
    const found = JSON.parse(child.stdout);
    const text = `${found.valid} of ${written} certificates valid, ${found.bytes} bytes, by muball check in ${found.seconds.toFixed(1)} s`;
    const isGood = child.status === 0 && found.whole && found.valid === samples.length && written === samples.length;
    return { wrong: isGood ? [] : [`muball check: ${text}; exit code ${child.status}`], text };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
