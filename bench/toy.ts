import {createGenerator} from '@minefield/core';
import {encodeLabels, initialize, mlp, objectiveFromModel} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timed, timedAsync} from './contest.ts';

const model = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});
const POINTS = 360;

/** An Adam step, and a loss, of the spiral network: many networks at once against one and against many in PyTorch. */
export async function toy(setting: Setting): Promise<void> {
  await adamStep(setting, 16);
  await lossEvaluation(setting, 64);
}

function parameters(networks: number): Float32Array {
  const generator = createGenerator(1, 'bench');
  const rows = Array.from({length: networks}, (_, k) =>
    initialize(model.layout, 'fan-in-uniform', {generator: generator.derive(k)}),
  );
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

function points(count: number) {
  const generator = createGenerator(2, 'bench');
  const inputs = new Float32Array(2 * count);
  generator.fillNormalInto(inputs);
  return {inputs, labels: Uint8Array.from({length: count}, (_, i) => i % 2)};
}

async function adamStep(setting: Setting, networks: number): Promise<void> {
  const name = `toy Adam step, ${POINTS} points, per network of ${networks}`;
  if (!setting.wanted(name)) return;
  const {inputs, labels} = points(networks * POINTS);
  const batch = {
    inputs: tf.tensor3d(inputs, [networks, POINTS, 2]),
    labels: encodeLabels(labels, 1, networks),
  };
  const weights = poisonWeights(
    Array.from({length: networks}, () => 0.5),
    POINTS / 2,
    POINTS / 2,
  );
  let theta = tf.tensor2d(parameters(networks), [networks, model.layout.dimension]);
  let slots: readonly tf.Tensor2D[] = [tf.zerosLike(theta), tf.zerosLike(theta)];
  let step = 0;
  const ours = timed(() => {
    const next = tf.tidy(() => {
      const gradient = poisonedGradient(model, theta, batch, weights);
      const norms = tf.sqrt(tf.sum(tf.square(gradient), 1, true));
      const clipped: tf.Tensor2D = tf.mul(gradient, tf.minimum(1, tf.div(8, norms)));
      const {theta: moved, slots: averages} = optimizerStep(
        {name: 'adam'},
        theta,
        slots,
        clipped,
        1e-3,
        step++,
      );
      return [moved, ...averages];
    });
    tf.dispose([theta, ...slots]);
    [theta, ...slots] = next as [tf.Tensor2D, ...tf.Tensor2D[]];
  });
  const many = {settings: {networks, points: POINTS}, each: networks};
  const rivals = await rivalsOf(setting.peers, [
    {workload: 'toy-step', settings: {points: POINTS}, how: 'one by one', target: 5},
    {workload: 'toy-step-batched', ...many, how: 'batched', target: 2.5},
    {workload: 'toy-step-batched-compiled', ...many, how: 'batched and compiled'},
  ]);
  await compare(setting, name, {contestant: ours, each: networks}, rivals);
  tf.dispose([theta, ...slots, ...Object.values(batch), ...Object.values(weights)]);
}

async function lossEvaluation(setting: Setting, networks: number): Promise<void> {
  const name = `toy loss, ${POINTS} points, per network of ${networks}`;
  if (!setting.wanted(name)) return;
  const objective = objectiveFromModel(model, points(POINTS), {networks});
  const thetas = parameters(networks);
  const ours = timedAsync(async () => {
    await objective.loss(thetas);
  });
  const many = {settings: {networks, points: POINTS}, each: networks};
  const rivals = await rivalsOf(setting.peers, [
    {workload: 'toy-loss', settings: {points: POINTS}, how: 'one by one', target: 4},
    {workload: 'toy-loss-batched', ...many, how: 'batched', target: 3},
    {workload: 'toy-loss-batched-compiled', ...many, how: 'batched and compiled'},
  ]);
  await compare(setting, name, {contestant: ours, each: networks}, rivals);
}
