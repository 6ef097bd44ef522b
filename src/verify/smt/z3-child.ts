/**
 * The program of a z3 child process: questions come in over the IPC channel, answers go out. The only file that
 * imports z3-solver.
 *
 * Implementation notes, each for something observed with z3-solver 5.2.0:
 * - `eval_smtlib2_string` hands its text to another thread and may lose it first. Here the text is parsed before the
 *   call returns, and stays on the wasm heap meanwhile: `Solver.fromString` copies it to the wasm stack, which 20 MB
 *   overflow. A C string ends at the first NUL, so a text with one would lose its last assertions and is refused.
 * - Every question has its own context, freed afterwards. In a shared one the search depends on the questions before;
 *   `Context` of the high-level interface is never freed.
 * - `check` runs on a thread of the module, so this thread can watch memory and the channel meanwhile. When the heap
 *   is exhausted `check` may never settle; the parent's watchdog ends the child then.
 * - After any error inside the module the child says `failed` and ends.
 */
import { init, type Z3_ast, type Z3_context, Z3_lbool, type Z3_model, type Z3_solver, Z3_sort_kind } from 'z3-solver';
import { exitCode, type Z3Answer, type Z3Message, type Z3Question, type Z3Value } from './z3-protocol.js';

/** How often the child looks at its own memory while z3 searches. */
const memoryCheckMs = 100;
/** An enclosure of an irrational value is at most 10^-30 wide. */
const algebraicDigits = 30;
/** Fixed, so that a question is searched in the same way each time. */
const randomSeed = 0;

process.title = 'muball-z3';
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides what it means, and the channel closes when it goes.
process.on('SIGINT', () => {});
process.on('uncaughtException', fail);

const { Z3, em } = await init({ onAbort: fail });
const heap = em as {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _Z3_solver_from_string(context: Z3_context, solver: Z3_solver, address: number): void;
};

process.on('message', (question: Z3Question) => void serve(question));
say({ kind: 'ready' });

async function serve(question: Z3Question): Promise<void> {
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() > question.memoryMb * 2 ** 20) process.exit(exitCode.memory);
  }, memoryCheckMs);
  try {
    const answer = await solve(question);
    say({ kind: 'answer', id: question.id, answer, memoryMb: process.memoryUsage.rss() / 2 ** 20 });
  } catch (error) {
    fail(error);
  } finally {
    clearInterval(watch);
  }
}

async function solve(question: Z3Question): Promise<Z3Answer> {
  const { smt, timeoutMs, logic = logicOf(smt) } = question;
  if (smt.includes('\0')) return { status: 'unknown', reason: 'smt text: expected no NUL character' };
  const start = performance.now();
  const config = Z3.mk_config();
  const context = Z3.mk_context_rc(config);
  Z3.del_config(config);
  const solver = solverFor(context, logic);
  parse(context, solver, smt);
  const left = Math.floor(timeoutMs - (performance.now() - start));
  let answer: Z3Answer = { status: 'timed-out' };
  if (left > 0) {
    setParameters(context, solver, parametersOf(logic, left));
    answer = await decide(context, solver, question);
  }
  // Not in a `finally`: after an exception the process ends, and nothing in the heap is touched again.
  Z3.solver_dec_ref(context, solver);
  Z3.del_context(context);
  return answer;
}

async function decide(context: Z3_context, solver: Z3_solver, { smt, constants }: Z3Question): Promise<Z3Answer> {
  const found = await Z3.solver_check(context, solver);
  throwIfError(context);
  if (found === Z3_lbool.Z3_L_FALSE) return { status: 'unsat' };
  if (found === Z3_lbool.Z3_L_TRUE) return modelAnswer(context, solver, smt, constants);
  return undecided(Z3.solver_get_reason_unknown(context, solver));
}

function solverFor(context: Z3_context, logic: string | undefined): Z3_solver {
  const solver =
    logic === undefined ? Z3.mk_solver(context) : Z3.mk_solver_for_logic(context, Z3.mk_string_symbol(context, logic));
  throwIfError(context);
  Z3.solver_inc_ref(context, solver);
  return solver;
}

/** The logic that the script sets, when it does so near its start. */
function logicOf(smt: string): string | undefined {
  return /^\s*\(set-logic\s+([^\s()]+)\s*\)/m.exec(smt.slice(0, 4096))?.[1];
}

/** Linear arithmetic is given to z3's older simplex (2), which was up to three times faster than the default (6). */
function parametersOf(logic: string | undefined, timeoutMs: number): Readonly<Record<string, number>> {
  const shared = { timeout: timeoutMs, random_seed: randomSeed };
  return logic === 'QF_LRA' ? { ...shared, 'arith.solver': 2 } : shared;
}

function setParameters(context: Z3_context, solver: Z3_solver, values: Readonly<Record<string, number>>): void {
  const parameters = Z3.mk_params(context);
  Z3.params_inc_ref(context, parameters);
  for (const [name, value] of Object.entries(values)) {
    Z3.params_set_uint(context, parameters, Z3.mk_string_symbol(context, name), value);
  }
  Z3.solver_set_params(context, solver, parameters);
  Z3.params_dec_ref(context, parameters);
  throwIfError(context);
}

function parse(context: Z3_context, solver: Z3_solver, smt: string): void {
  const bytes = Buffer.from(`${smt}\0`, 'utf8');
  const address = heap._malloc(bytes.length);
  if (address === 0) throw new Error(`smt text: expected room for ${bytes.length} bytes, got none`);
  heap.HEAPU8.set(bytes, address);
  heap._Z3_solver_from_string(context, solver, address);
  heap._free(address);
  throwIfError(context);
}

function modelAnswer(context: Z3_context, solver: Z3_solver, smt: string, constants: readonly string[]): Z3Answer {
  const model = Z3.solver_get_model(context, solver);
  throwIfError(context);
  Z3.model_inc_ref(context, model);
  const interpretations = interpretationsOf(context, model);
  const declared = declaredNames(smt);
  const values: [string, Z3Value][] = [];
  let missing: string | undefined;
  for (const name of constants) {
    const value = interpretations.get(name);
    if (value !== undefined) values.push([name, numberOf(context, value)]);
    // A model leaves out constants that it does not depend on: any value will do.
    else if (declared.has(name)) values.push([name, { rational: '0' }]);
    else missing ??= name;
  }
  Z3.model_dec_ref(context, model);
  if (missing !== undefined)
    return { status: 'unknown', reason: `model: expected a declared constant, got ${missing}` };
  return { status: 'sat', model: Object.fromEntries(values) };
}

function interpretationsOf(context: Z3_context, model: Z3_model): Map<string, Z3_ast> {
  const values = new Map<string, Z3_ast>();
  const count = Z3.model_get_num_consts(context, model);
  for (let i = 0; i < count; i++) {
    const constant = Z3.model_get_const_decl(context, model, i);
    const sort = Z3.get_sort_kind(context, Z3.get_range(context, constant));
    if (sort !== Z3_sort_kind.Z3_REAL_SORT && sort !== Z3_sort_kind.Z3_INT_SORT) continue;
    const name = Z3.get_symbol_string(context, Z3.get_decl_name(context, constant));
    const value = Z3.model_get_const_interp(context, model, constant);
    if (value) values.set(name, value);
  }
  return values;
}

/** Names that the script declares with a numeric sort, bars of quoted symbols removed. */
function declaredNames(smt: string): Set<string> {
  const declaration = /\(\s*declare-(?:const|fun)\s+(?:\|([^|]*)\||([^\s()|]+))\s*(?:\(\s*\)\s*)?(?:Real|Int)\s*\)/g;
  return new Set([...smt.matchAll(declaration)].map((match) => match[1] ?? match[2]!));
}

function numberOf(context: Z3_context, value: Z3_ast): Z3Value {
  if (Z3.is_numeral_ast(context, value)) return { rational: numeralText(context, value) };
  if (!Z3.is_algebraic_number(context, value)) {
    throw new Error(`model: expected a number, got ${Z3.ast_to_string(context, value)}`);
  }
  // Each text is read before the next term is made: z3 keeps a term without a reference only until then.
  const lower = numeralText(context, Z3.get_algebraic_number_lower(context, value, algebraicDigits));
  const upper = numeralText(context, Z3.get_algebraic_number_upper(context, value, algebraicDigits));
  return { algebraic: { lower, upper } };
}

function numeralText(context: Z3_context, value: Z3_ast): string {
  const text = Z3.get_numeral_string(context, value);
  throwIfError(context);
  return text;
}

function undecided(reason: string): Z3Answer {
  return /timeout|canceled/.test(reason) ? { status: 'timed-out' } : { status: 'unknown', reason: `z3: ${reason}` };
}

function throwIfError(context: Z3_context): void {
  const code = Z3.get_error_code(context);
  if (code !== 0) throw new Error(Z3.get_error_msg(context, code).trim());
}

function fail(error: unknown): void {
  // What emscripten says of an exhausted heap goes on for a paragraph.
  const reason = `z3: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
  say({ kind: 'failed', reason }, () => process.exit(exitCode.fault));
}

/** Without a channel, or with the parent gone, nobody is left to answer. */
function say(message: Z3Message, sent?: () => void): void {
  if (process.send === undefined || !process.connected) process.exit(exitCode.fault);
  process.send(message, undefined, undefined, () => sent?.());
}
