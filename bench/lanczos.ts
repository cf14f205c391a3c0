import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {hessianOperator, relativeCoordinates, spectralQuadrature} from '@minefield/landscape';
import {objectiveFromModel} from '@minefield/models';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import {contest, timedAsync} from './contest.ts';
import {type Setting, timeRow} from './row.ts';

const STEPS = 100;

/**
 * 100 steps of Lanczos with full reorthogonalisation on the Hessian of the committed bad minimum, whose products are exact,
 * against the same with PyTorch's double backward pass. The check of the products against differences is done once for a
 * minimum, before, and not timed.
 */
export async function lanczos({repeats, torch, wanted, report}: Setting): Promise<void> {
  const name = `Lanczos on the toy Hessian, ${STEPS} steps`;
  if (!wanted(name)) return;
  const {theta, seed} = await committedMinimum('bad');
  const {train} = toySplits(seed);
  const operator = await hessianOperator(objectiveFromModel(toyModel, train), theta, {
    generator: createGenerator(1, 'bench', 'probe'),
    coordinates: relativeCoordinates(theta, toyModel.layout),
    checkOn: Array.from({length: 31}, (_, i) => Uint32Array.of(i)),
  });
  if (operator.method !== 'exact') throw new Error('bench: expected exact products, got differences');
  const ours = timedAsync(async () => {
    await spectralQuadrature(operator, {generator: createGenerator(1, 'bench'), samples: 1, steps: STEPS});
  });
  const peer = await torch?.contestant('toy-lanczos', {steps: STEPS, examples: train.labels.length});
  const seconds = await contest({ours, ...(peer && {peer})}, repeats);
  if (seconds['ours'] !== undefined && seconds['peer'] !== undefined) {
    const {ours: own, peer: theirs} = seconds as {ours: number; peer: number};
    report(timeRow(name, {ours: own, peer: theirs}, 'PyTorch double backward, 1 thread', null));
  }
}
