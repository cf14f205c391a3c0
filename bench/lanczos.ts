import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {
  type HessianOperator,
  hessianOperator,
  hutchinsonTrace,
  relativeCoordinates,
  singleExamples,
  spectralQuadrature,
} from '@minefield/landscape';
import {objectiveFromModel} from '@minefield/models';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import {contest, timedAsync} from './contest.ts';
import {type Setting, timeRow} from './row.ts';

const STEPS = 100;
const PROBES = 64;

/**
 * The spectral density of the Hessian at the committed bad minimum from one probe, 100 steps of Lanczos with full
 * reorthogonalisation, and its trace: as a user calls them, with exact products, against PyTorch with products by a double backward
 * pass. In a trace PyTorch keeps the graph of the gradient for all products; ours are made eight at once. The check of the
 * products against differences is done once for a minimum, before, and not timed.
 */
export async function lanczos(setting: Setting): Promise<void> {
  const options = {generator: createGenerator(1, 'bench'), samples: 1};
  await compare(setting, `Lanczos on the toy Hessian, ${STEPS} steps`, {
    ours: (operator) => spectralQuadrature(operator, {...options, steps: STEPS}),
    peer: 'toy-lanczos',
    settings: {steps: STEPS},
    peerName: 'PyTorch double backward, 1 thread',
  });
  await compare(setting, `trace of the toy Hessian, ${PROBES} probes`, {
    ours: (operator) => hutchinsonTrace(operator, {...options, samples: PROBES}),
    peer: 'toy-trace',
    settings: {probes: PROBES},
    peerName: 'PyTorch double backward with its graph kept, 1 thread',
  });
}

interface Comparison {
  readonly ours: (operator: HessianOperator) => Promise<unknown>;
  readonly peer: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly peerName: string;
}

async function compare(
  {repeats, torch, wanted, report}: Setting,
  name: string,
  {ours: work, peer: workload, settings, peerName}: Comparison,
): Promise<void> {
  if (!wanted(name)) return;
  const {theta, seed} = await committedMinimum('bad');
  const {train} = toySplits(seed);
  const generator = createGenerator(1, 'bench', 'probe');
  const operator = await hessianOperator(objectiveFromModel(toyModel, train), theta, {
    generator,
    coordinates: relativeCoordinates(theta, toyModel.layout),
    checkOn: singleExamples(train.size, generator.derive('checks')),
  });
  if (operator.method !== 'exact') throw new Error('bench: expected exact products, got differences');
  const ours = timedAsync(async () => {
    await work(operator);
  });
  const peer = await torch?.contestant(workload, {...settings, examples: train.size});
  const seconds = await contest({ours, ...(peer && {peer})}, repeats);
  if (seconds['ours'] === undefined || seconds['peer'] === undefined) return;
  report(timeRow(name, {ours: seconds['ours'], peer: seconds['peer']}, peerName, 2));
}
