import {createGenerator} from '@minefield/core';
import {convNet, initialize, objectiveFromModel} from '@minefield/models';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timed, timedAsync} from './contest.ts';
import {noisyExamples, trainingStep} from './training-step.ts';

/** Training examples in a step, and as many of poison. */
const IMAGES = 128;
const CLASSES = 10;

/** Steps of poisoned training of the ConvNet, SGD with momentum, against the same in PyTorch. */
export async function convNets(setting: Setting): Promise<void> {
  for (const channels of setting.full ? [1, 3] : [3]) await training(setting, channels);
  await lossOrProduct(setting, 'loss');
  await lossOrProduct(setting, 'product');
}

/** The loss of the frozen ConvNet, or a product with the Hessian of it: forwards, or by differentiating twice in the others. */
async function lossOrProduct(setting: Setting, which: 'loss' | 'product'): Promise<void> {
  const work = which === 'loss' ? 'loss' : 'product with the Hessian';
  const name = `ConvNet ${work}, ${IMAGES} images of 32 × 32 × 3`;
  if (!setting.wanted(name)) return;
  const model = convNet({inputShape: [32, 32, 3], classes: CLASSES});
  const statistics = Float32Array.from({length: model.statistics.dimension}, () => 1);
  const objective = objectiveFromModel(model.frozen(statistics), noisyExamples(model, IMAGES));
  const theta = initialize(model.layout, 'kaiming-normal', {generator: createGenerator(2)});
  const vector = new Float32Array(theta.length);
  createGenerator(3).fillNormalInto(vector);
  const ours = timedAsync(async () => {
    if (which === 'loss') await objective.loss(theta);
    else await objective.hessianVector?.(theta, vector);
  });
  const settings = {images: IMAGES, channels: 3, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [
    {workload: `conv-net-${which}`, settings},
    {workload: `conv-net-${which}-compiled`, settings, how: 'compiled'},
  ]);
  await compare(setting, name, {contestant: ours}, rivals);
}

async function training(setting: Setting, channels: number): Promise<void> {
  const name = `ConvNet training, ${IMAGES} images of 32 × 32 × ${channels} and ${IMAGES} of poison a step`;
  if (!setting.wanted(name)) return;
  const model = convNet({inputShape: [32, 32, channels], classes: CLASSES});
  const step = trainingStep(model.training, 1, 2 * IMAGES, 'momentum');
  const settings = {images: IMAGES, channels, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [
    {workload: 'conv-net', settings, target: 1},
    {workload: 'conv-net-compiled', settings, how: 'compiled'},
  ]);
  const speed = {unit: 'images/s', work: 2 * IMAGES};
  await compare(setting, name, {contestant: timed(step)}, rivals, speed);
  step.dispose();
}
