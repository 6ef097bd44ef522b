/** `action.yml` and the workflows of docs/ci.md: they hold together, and ask muball only for what it has. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { regressionProgram } from './command-line.js';

const text = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const action = text('action.yml');
const guide = text('docs/ci.md');

/** What `muball …` would do, without doing it: the options that a command line sets. @throws for what muball has not. */
async function parsed(line: readonly string[]): Promise<Record<string, unknown>> {
  const program = regressionProgram();
  let found: Record<string, unknown> | undefined;
  for (const command of program.commands) {
    command.configureOutput({ writeErr: () => undefined });
    command.action((flags: Record<string, unknown>, self) => {
      if (self.args.length > 0) throw new Error(`${line.join(' ')}: more arguments than the command takes`);
      found = flags;
    });
  }
  await program.parseAsync(['node', 'muball', ...line]);
  return found!;
}

/** The lines that belong to `key:` in YAML of two blanks a level: those indented further. */
function block(yaml: string, key: string): string {
  const lines = yaml.split('\n');
  const at = lines.findIndex((line) => line.trimStart().replace(/^- /, '').startsWith(`${key}:`));
  const depth = (line: string): number => line.length - line.trimStart().length;
  const rest = lines.slice(at + 1);
  const end = rest.findIndex((line) => line !== '' && depth(line) <= depth(lines[at]!));
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}
const keys = (yaml: string): string[] => [...yaml.matchAll(/^ {2}([\w-]+):/gm)].map((m) => m[1]!);
const inputs = keys(block(action, 'inputs'));
/** The scripts of the action, by the names of their steps. */
const scripts = new Map(
  action
    .split(/^ {4}- /m)
    .filter((step) => step.includes('run: |'))
    .map((step) => [/^name: (.*)$/m.exec(step)![1]!, step.slice(step.indexOf('run: |\n') + 7).replace(/^ {8}/gm, '')]),
);

describe('action.yml', () => {
  it('uses the inputs that it has, all of them', () => {
    const used = new Set([...action.matchAll(/inputs\.([\w-]+)/g)].map((m) => m[1]!));
    expect([...used].sort()).toEqual([...inputs].sort());
  });

  it('names a shell for each script, puts no expression into one, and indents without tabs', () => {
    expect(scripts.size).toBe(2);
    expect(action.match(/run: /g)).toHaveLength(2);
    expect(action.match(/shell: bash/g)).toHaveLength(2);
    for (const script of scripts.values()) expect(script).not.toContain('${{');
    expect(action).not.toMatch(/\t/);
  });

  it('defaults to the files that muball defaults to', async () => {
    const { instances, lock, timeout } = await parsed(['regress']);
    const defaultOf = (name: string) => /default: (.*)/.exec(block(block(action, 'inputs'), name))![1]!;
    expect([defaultOf('instances'), defaultOf('lock'), Number(defaultOf('timeout').slice(1, -1)) * 1000]).toEqual([
      instances,
      lock,
      timeout,
    ]);
  });

  /** Runs the last script with a `muball` that prints its arguments. */
  function run(env: Readonly<Record<string, string>>, own = false): string[] {
    const folder = mkdtempSync(join(tmpdir(), 'muball-action-'));
    try {
      const stub = join(folder, 'stub.sh');
      writeFileSync(stub, '#!/bin/sh\nfor a in "$@"; do printf "%s\\n" "$a"; done\n');
      chmodSync(stub, 0o755);
      if (own) {
        mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
        writeFileSync(join(folder, 'node_modules/.bin/muball'), '#!/bin/sh\necho own "$@"\n');
        chmodSync(join(folder, 'node_modules/.bin/muball'), 0o755);
      }
      const script = scripts.get('Hold the instances against the lock file')!;
      const { stdout, status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH ?? '', COMMAND: own ? '' : `sh ${stub}`, ...env },
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      return stdout.split('\n').slice(0, -1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const env = { INSTANCES: 'a b.json', LOCK: '$(touch x)', TIMEOUT: '7', SHARD: '', CACHE: '' };

  it('asks for a whole run, quoting what it is given', async () => {
    expect(await parsed(run(env))).toMatchObject({
      reporter: 'github',
      instances: 'a b.json',
      lock: '$(touch x)',
      timeout: 7000,
    });
  });

  it('asks for a part with a cache', async () => {
    const found = await parsed(run({ ...env, SHARD: '2/3', CACHE: '.muball-cache' }));
    expect(found).toMatchObject({ shard: { index: 2, of: 3 }, cache: '.muball-cache' });
  });

  it("runs the project's own muball when there is one", () => {
    expect(run(env, true)[0]).toMatch(/^own regress --reporter github/);
  });
});

describe('docs/ci.md', () => {
  const blocks = [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map((m) => ({ language: m[1]!, code: m[2]! }));

  it('shows only command lines that muball takes', async () => {
    const lines = blocks
      .filter(({ language }) => language === 'sh' || language === 'yaml')
      .flatMap(({ code }) => [...code.matchAll(/muball ((?:lock|regress)\b.*)$/gm)].map((m) => m[1]!));
    expect(lines).toHaveLength(8);
    for (const line of lines) {
      const words = line.replace(/ >.*/, '').replace('$CI_NODE_INDEX/$CI_NODE_TOTAL', '1/3').split(' ');
      await expect(parsed(words), line).resolves.toBeDefined();
    }
    await expect(parsed(['regress', '--no-such-flag'])).rejects.toThrow('unknown option');
    await expect(parsed(['regress', 'word'])).rejects.toThrow();
  });

  it('names the inputs of the action, and sets no others', () => {
    const from = guide.indexOf('Inputs:');
    const list = guide.slice(from, guide.indexOf('\n\n', from));
    for (const name of inputs) expect(list).toContain(`\`${name}\``);
    const workflow = blocks.find(({ code }) => code.includes('uses: OWNER/muball'))!.code;
    const set = [...block(workflow.slice(workflow.indexOf('OWNER/')), 'with').matchAll(/^ *([\w-]+):/gm)].map(
      (m) => m[1]!,
    );
    expect(set).toEqual(['shard']);
    for (const name of set) expect(inputs).toContain(name);
  });

  it('shows a list of instances that is one', async () => {
    const { instancesFileAt } = await import('../../src/format/index.js');
    const [json] = blocks.filter(({ language }) => language === 'json');
    expect(instancesFileAt(JSON.parse(json!.code)).instances).toHaveLength(2);
  });
});
