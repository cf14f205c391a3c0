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
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timedAsync} from './contest.ts';

const STEPS = 100;
const PROBES = 64;

/**
 * The spectral density of the Hessian at the committed bad minimum from one probe, 100 steps of Lanczos with full
 * reorthogonalisation, and its trace: as a user calls them, with exact products, against products by differentiating a gradient. In a
 * trace PyTorch keeps the graph of the gradient for all products, JAX makes all at once, and ours are made eight at once. The check of the
 * products against differences is done once for a minimum, before, and not timed.
 */
export async function lanczos(setting: Setting): Promise<void> {
  const options = {generator: createGenerator(1, 'bench'), samples: 1};
  await products(setting, `Lanczos on the toy Hessian, ${STEPS} steps`, {
    ours: (operator) => spectralQuadrature(operator, {...options, steps: STEPS}),
    workload: 'toy-lanczos',
    settings: {steps: STEPS},
  });
  await products(setting, `trace of the toy Hessian, ${PROBES} probes`, {
    ours: (operator) => hutchinsonTrace(operator, {...options, samples: PROBES}),
    workload: 'toy-trace',
    settings: {probes: PROBES},
  });
}

interface Work {
  readonly ours: (operator: HessianOperator) => Promise<unknown>;
  readonly workload: string;
  readonly settings: Readonly<Record<string, number>>;
}

async function products(
  setting: Setting,
  name: string,
  {ours: work, workload, settings}: Work,
): Promise<void> {
  if (!setting.wanted(name)) return;
  const {theta, seed} = await committedMinimum('bad');
  const {train} = toySplits(seed);
  const generator = createGenerator(1, 'bench', 'probe');
  const operator = await hessianOperator(objectiveFromModel(toyModel, train), theta, {
    generator,
    coordinates: relativeCoordinates(theta, toyModel.layout),
    checkOn: singleExamples(train.size, {generator: generator.derive('checks')}),
  });
  if (operator.method !== 'exact') throw new Error('bench: expected exact products, got differences');
  const ours = timedAsync(async () => {
    await work(operator);
  });
  const rivals = await rivalsOf(setting.peers, [
    {workload, settings: {...settings, examples: train.size}, target: 2},
  ]);
  await compare(setting, name, {contestant: ours}, rivals);
}
