/** `muball inspect`: what a dataset or a network file holds. */
import type { Command } from 'commander';
import { formatRational } from '../../exact/index.js';
import { type Norm, normSymbol, norms } from '../../format/index.js';
import {
  classes,
  type Dataset,
  distinctSamples,
  labelText,
  samplePairText,
  separation,
  separationText,
} from '../../geometry/index.js';
import { readNetworkFile } from '../../interop/index.js';
import { complexity, inputDimension, networkHash, outputDimension, rowCount } from '../../network/index.js';
import { type DataFlags, dataOptions } from '../options.js';
import { plainTable, print, printJson } from '../print.js';
import { datasetFrom } from '../problem.js';

interface Flags extends Partial<DataFlags> {
  readonly network?: string;
  readonly json?: boolean;
}

export function addInspect(program: Command): void {
  dataOptions(program.command('inspect').description('describe a dataset, a network file, or both'), false)
    .option('--network <file>', 'network file')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ muball inspect --data iris\n  $ muball inspect --network network.json --json',
    )
    .action(async (flags: Flags, command: Command) => {
      if (flags.data === undefined && flags.network === undefined)
        command.error('error: expected --data or --network, got neither');
      const data =
        flags.data === undefined ? undefined : describeDataset(await datasetFrom({ ...flags, data: flags.data }));
      const network = flags.network === undefined ? undefined : await describeNetwork(flags.network);
      if (flags.json === true) {
        printJson({ ...(data === undefined ? {} : { dataset: data }), ...(network === undefined ? {} : { network }) });
        return;
      }
      if (data !== undefined) {
        print(
          `${data.name}: ${data.samples} samples (${data.distinct} distinct), d = ${data.dimension}, ${data.classes.length} classes`,
        );
        print(
          plainTable(
            ['class', 'name', 'samples'],
            data.classes.map((c) => [String(c.class), c.name, String(c.samples)]),
          ),
        );
        print('');
        print(
          plainTable(
            ['norm', 'δ', 'closest differently labelled pair'],
            data.separations.map((s) => [normSymbol[s.norm], s.delta, s.pair]),
          ),
        );
      }
      if (network !== undefined) {
        print(`network ${network.sha256}`);
        print(`reads outputs as: ${network.output}; ${network.inputs} inputs, ${network.outputs} outputs`);
        if (network.box !== undefined) {
          const { lower, upper } = network.box;
          print(`box of the file: ${lower.map((low, j) => `[${low}, ${upper[j]}]`).join(' × ')}`);
        }
        print(plainTable(['width', 'depth', 'nonzero', 'parameters', 'bits'], [network.sizes]));
        print(plainTable(['layer', 'activation', 'neurons', 'weights'], network.layers));
      }
    });
}

function describeDataset(data: Dataset) {
  const counts = classes(data).map((c) => ({
    class: c,
    name: labelText(data, c),
    samples: data.labels.filter((label) => label === c).length,
  }));
  const measured = (norm: Norm) => {
    const found = separation(data, norm);
    return found === undefined
      ? { norm, delta: '∞', pair: 'none, one class only' }
      : { norm, delta: separationText(found), pair: samplePairText(data, found.pair[0], found.pair[1]) };
  };
  return {
    name: data.name ?? 'dataset',
    samples: data.size,
    distinct: distinctSamples(data).length,
    dimension: data.dimension,
    classes: counts,
    separations: norms.map(measured),
  };
}

async function describeNetwork(path: string) {
  const { network, box } = await readNetworkFile(path);
  const sizes = complexity(network);
  return {
    sha256: networkHash(network),
    inputs: inputDimension(network),
    outputs: outputDimension(network),
    output: network.output?.notion ?? 'not said',
    ...(box === undefined
      ? {}
      : { box: { lower: box.lower.map(formatRational), upper: box.upper.map(formatRational) } }),
    sizes: [sizes.width, sizes.depth, sizes.nonzero, sizes.parameters, sizes.bits].map(String),
    layers: network.layers.map((layer, l) => [
      String(l),
      layer.activation,
      String(rowCount(layer)),
      String(layer.columns.length),
    ]),
  };
}
