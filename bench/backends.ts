/**
 * `node --conditions=@minefield/source bench/backends.ts [--json]`: the same work on native TensorFlow, one thread, and on
 * WASM with our kernels, by turns.
 */
import {parseArgs} from 'node:util';
import {type BackendName, startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {convNet, initialize, mlp, objectiveFromModel} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import {contest, timedAsync} from './contest.ts';
import {machine} from './machine.ts';
import {type Row, rowOf} from './row.ts';
import {noisyExamples, trainingStep} from './training-step.ts';

const BACKENDS = ['tensorflow', 'wasm'] as const satisfies readonly BackendName[];
const REPEATS = 5;

const {values: options} = parseArgs({options: {json: {type: 'boolean', default: false}}});
const say = (line: string): void => console.error(line);
say(machine());
const rows: Row[] = [];

/** @param make what prepares the work on the backend that is active, and returns it */
async function compare(
  name: string,
  make: () => Promise<() => Promise<void>> | (() => Promise<void>),
): Promise<void> {
  const contestants: Record<string, (calls: number) => Promise<number>> = {};
  for (const backend of BACKENDS) {
    await startBackend({name: backend});
    const work = timedAsync(await make());
    contestants[backend] = async (calls) => {
      await startBackend({name: backend});
      return work(calls);
    };
  }
  const {tensorflow: ours = 0, wasm: peer = 0} = await contest(contestants, REPEATS);
  const row = rowOf(name, {ours, peer}, {peerName: 'WASM', target: null});
  rows.push(row);
  say(
    `${name}: ${row.ours.toPrecision(3)} ms on tensorflow, ${row.peer.toPrecision(3)} on wasm: ${row.ratio.toFixed(2)}`,
  );
}

function step(...of: Parameters<typeof trainingStep>): () => Promise<void> {
  const take = trainingStep(...of);
  return async () => {
    take();
    await take.settle();
  };
}

const spiral = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});
for (const networks of [1, 6, 16]) {
  await compare(`toy Adam step of ${networks} networks, 360 points`, () =>
    step(spiral, networks, 360, 'adam'),
  );
}
const {theta: minimum, seed} = await committedMinimum('good');
await compare('toy loss of 64 networks', () => {
  const objective = objectiveFromModel(toyModel, toySplits(seed).train);
  const thetas = Float32Array.from({length: 64 * minimum.length}, (_, i) => minimum[i % minimum.length] ?? 0);
  return async () => void (await objective.loss(thetas));
});
await compare('200 toy radii at 0.1/n', () => {
  const objective = objectiveFromModel(toyModel, toySplits(seed).train);
  const rays = sphericalRays(relativeCoordinates(minimum, toyModel.layout), {
    generator: createGenerator(1, 'bench'),
  });
  const settings = {cutoffs: [{kind: 'loss', value: 0.5}], maximum: 40, directions: 200} as const;
  return async () => {
    const scan = await pilotScan(objective, minimum, rays, settings);
    await basinRadii(objective, minimum, rays, {...settings, scan});
  };
});
await compare('product of two 1024 × 1024 matrices', () => {
  const [left, right] = [
    tf.randomNormal([1024, 1024], 0, 1, 'float32', 1),
    tf.randomNormal([1024, 1024], 0, 1, 'float32', 1),
  ];
  return async () => {
    const product = tf.matMul(left, right);
    await product.data();
    product.dispose();
  };
});
await compare('convolution of 64 × 32 × 32 pixels, 3 × 3, 16 to 32 channels', () => {
  const images = tf.randomNormal<tf.Rank.R4>([64, 32, 32, 16], 0, 1, 'float32', 1);
  const filter = tf.randomNormal<tf.Rank.R4>([3, 3, 16, 32], 0, 1, 'float32', 2);
  return async () => {
    const output = tf.conv2d(images, filter, 1, 'same');
    await output.data();
    output.dispose();
  };
});
const pictures = convNet({inputShape: [32, 32, 3], classes: 10});
await compare('ConvNet step, 256 images', () => step(pictures.training, 1, 256, 'momentum'));
await compare('ConvNet loss, 256 images', () => {
  const statistics = Float32Array.from({length: pictures.statistics.dimension}, () => 1);
  const objective = objectiveFromModel(pictures.frozen(statistics), noisyExamples(pictures, 256));
  const theta = initialize(pictures.layout, 'kaiming-normal', {generator: createGenerator(2)});
  return async () => void (await objective.loss(theta));
});
if (options.json) console.log(JSON.stringify({machine: machine(), rows}, undefined, 2));
