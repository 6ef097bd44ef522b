/**
 * The commands, in the order of `muball --help`; one that is named is loaded alone, because loading all takes half a second.
 *
 * Main definition: `commandsFor`.
 */
import type { Command } from 'commander';

type Add = (program: Command) => void;

const commands: Readonly<Record<string, () => Promise<Add>>> = {
  demo: async () => (await import('./command/demo.js')).addDemo,
  prove: async () => (await import('./command/prove.js')).addProve,
  check: async () => (await import('./command/check.js')).addCheck,
  radius: async () => (await import('./command/radius.js')).addRadius,
  construct: async () => (await import('./command/construct.js')).addConstruct,
  inspect: async () => (await import('./command/inspect.js')).addInspect,
  replay: async () => (await import('./command/replay.js')).addReplay,
  export: async () => (await import('./command/export.js')).addExport,
  test: async () => (await import('./command/test.js')).addTest,
  counterexamples: async () => (await import('./command/counterexamples.js')).addCounterexamples,
  lock: async () => (await import('./command/lock.js')).addLock,
  regress: async () => (await import('./command/regress.js')).addRegress,
  break: async () => (await import('./command/break.js')).addBreak,
  bounds: async () => (await import('./command/bounds.js')).addBounds,
  reduce: async () => (await import('./command/reduce.js')).addReduce,
  lipschitz: async () => (await import('./command/lipschitz.js')).addLipschitz,
  experiment: async () => (await import('./command/experiment.js')).addExperiment,
  list: async () => (await import('./command/list.js')).addList,
};

/** What adds the command of this name to a program; for anything else, such as `--help` or a misspelt name, all of them. */
export function commandsFor(name = ''): Promise<Add[]> {
  const wanted = Object.hasOwn(commands, name) ? [name] : Object.keys(commands);
  return Promise.all(wanted.map((one) => commands[one]!()));
}
