/** The built command line as a child process, in a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export const root = join(import.meta.dirname, '..', '..');
export const mainProgram = join(root, 'dist', 'cli', 'main.js');
export const checkProgram = join(root, 'dist', 'check', 'bin.js');
export const irisFile = join(root, 'examples', 'data', 'iris.csv');

export interface Ran {
  /** Exit code, or the name of the signal that ended the process. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Standard input. @defaultValue empty */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with the process once it runs. */
  readonly during?: (child: ChildProcess) => void;
}

/** Runs a built program of the package. */
export function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: options.cwd ?? tmpdir(),
      env: { ...env, ...options.env },
      stdio: 'pipe',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 'none', stdout, stderr }));
    // A program that refuses its flags may be gone before it reads.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    options.during?.(child);
  });
}

/** Runs `muball`. */
export const muball = (args: readonly string[], options?: RunOptions): Promise<Ran> =>
  runProgram(mainProgram, args, options);

/** A new folder with the given files; it goes when the test has finished. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'muball-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The paths of all files below a folder, sorted. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** The JSON value of a file, of the type that the test knows it to have. */
export const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;

/** Writes `net.json`, the network for the data and radius of the flags. Quicker than `construct`, which reads formulas. */
export async function buildNetwork(cwd: string, ...flags: string[]): Promise<void> {
  const { code, stderr } = await muball(['export', '--format', 'network', ...flags, '--out', 'net.json'], { cwd });
  if (code !== 0) throw new Error(`buildNetwork ${flags.join(' ')}: exit code ${code}, ${stderr}`);
}

/** Three samples of the plane with δ = 1 in ℓ∞, 2 in ℓ1, √2 in ℓ2. */
export const tinyCsv = '0,0,0\n1,1,1\n2,0,0\n';

/** The last line that reports print, about what became of the balls; without its time. */
export const outcomeOf = (stdout: string): string =>
  (stdout.split('\n').find((line) => /^[✓✗?] \d/.test(line)) ?? '').replace(/ in [0-9.]+ s$| in \d+ min \d+ s$/, '');
