/**
 * `node --conditions=@minefield/source bench/gpu.ts [--backend webgpu] [--images 128] [--python file] [--software] [--json]`:
 * training of ResNet-20 and losses along a direction on a GPU, beside PyTorch on the same one, by turns, wall time. Needs
 * nothing from a network: a machine with a GPU may be bare. `--software` lets WebGPU run on the processor, to see that all is in
 * its place: with `--images 1`, for it is slow.
 */
import {parseArgs} from 'node:util';
import {type BackendName, startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {encodeLabels, initialize, objectiveFromModel, resNet} from '@minefield/models';
import {optimizerStep} from '@minefield/tfjs-kernels';
import {poisonWeights, poisonedGradient} from '@minefield/training';
import * as tf from '@tensorflow/tfjs-core';
import {type Setting, compare, rivalsOf} from './compare.ts';
import type {Contestant} from './contest.ts';
import {machine} from './machine.ts';
import {type Peer, startPeer} from './peers/peer.ts';
import type {Row} from './row.ts';

/** Where PyTorch may be; Debian's is in the second. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];
const [CHANNELS, CLASSES, POINTS] = [3, 10, 16];

const {values: options} = parseArgs({
  options: {
    backend: {type: 'string', default: 'webgpu'},
    images: {type: 'string', default: '128'},
    python: {type: 'string'},
    software: {type: 'boolean', default: false},
    json: {type: 'boolean', default: false},
  },
});
const images = Number(options.images);
if (!Number.isInteger(images) || images < 1) {
  console.error(`bench/gpu: expected --images of at least 1, got ${options.images}`);
  process.exit(2);
}
const {device, reason} = await startBackend({
  name: options.backend as BackendName,
  software: options.software,
});
const torch = await firstOf(options.python === undefined ? INTERPRETERS : [options.python]);
const say = (line: string): void => console.error(line);
const description = machine([`${options.backend} on ${device ?? reason}`, torch?.name ?? 'no PyTorch']);
say(description);
const rows: Row[] = [];
const setting: Setting = {
  repeats: 7,
  full: true,
  peers: torch === undefined ? [] : [torch],
  wanted: () => true,
  report: (row) => {
    rows.push(row);
    const {name, unit, ours, peer, peerName, ratio} = row;
    say(
      `${name}: ${ours.toPrecision(3)} against ${peer.toPrecision(3)} ${unit} of ${peerName}: ${ratio.toFixed(3)}`,
    );
  },
};
const model = resNet({inputShape: [32, 32, CHANNELS], classes: CLASSES});
await training();
await losses();
torch?.close();
if (options.json) console.log(JSON.stringify({machine: description, rows}, undefined, 2));

/** A step of SGD with momentum, as many images of poison as of training. */
async function training(): Promise<void> {
  const [inputs, labels] = examples(2 * images);
  const batch = {
    inputs: tf.tensor(inputs, [1, 2 * images, ...model.inputShape]),
    labels: encodeLabels(labels, CLASSES),
  };
  const weights = poisonWeights([1], images, images);
  let theta = tf.tensor2d(anchor(), [1, model.layout.dimension]);
  let slots: readonly tf.Tensor2D[] = [tf.zerosLike(theta)];
  const ours = onTheWall(async () => {
    const gradient = poisonedGradient(model.training, theta, batch, weights);
    const next = optimizerStep({name: 'momentum'}, theta, slots, gradient, 1e-3, 0);
    tf.dispose([gradient, theta, ...slots]);
    ({theta, slots} = next);
    // The GPU works on after a call has returned.
    const first = tf.slice(theta, [0, 0], [1, 1]);
    await first.data();
    first.dispose();
  });
  const settings = {images, channels: CHANNELS, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [{workload: 'step', settings}]);
  const speed = {unit: 'images/s', work: 2 * images};
  await compare(
    setting,
    `ResNet-20 training, ${images} images and ${images} of poison`,
    {contestant: ours},
    rivals,
    speed,
  );
  tf.dispose([theta, ...slots, batch.inputs, batch.labels, weights.signs, weights.weights]);
}

/** What a radius is made of. */
async function losses(): Promise<void> {
  const [inputs, labels] = examples(images);
  const statistics = Float32Array.from({length: model.statistics.dimension}, () => 1);
  const objective = objectiveFromModel(model.frozen(statistics), {inputs, labels});
  const theta = anchor();
  const direction = new Float32Array(theta.length);
  createGenerator(3).fillNormalInto(direction);
  const ours = onTheWall(async () => {
    for (let point = 0; point < POINTS; point++) {
      await objective.loss(theta.map((value, i) => value + 1e-3 * point * (direction[i] ?? 0)));
    }
  });
  const settings = {points: POINTS, images, channels: CHANNELS, classes: CLASSES};
  const rivals = await rivalsOf(setting.peers, [{workload: 'losses', settings, each: POINTS}]);
  await compare(
    setting,
    `ResNet-20 loss of ${images} images along a direction`,
    {contestant: ours, each: POINTS},
    rivals,
  );
}

async function firstOf(interpreters: readonly string[]): Promise<Peer | undefined> {
  for (const interpreter of interpreters) {
    const peer = await startPeer(interpreter, 'torch_gpu_peer.py');
    if (peer !== undefined) return peer;
  }
  return undefined;
}

function examples(count: number): readonly [Float32Array, Uint8Array] {
  const inputs = new Float32Array(count * 32 * 32 * CHANNELS);
  createGenerator(1).fillNormalInto(inputs);
  return [inputs, Uint8Array.from({length: count}, (_, i) => i % CLASSES)];
}

function anchor(): Float32Array {
  return initialize(model.layout, 'kaiming-normal', createGenerator(2));
}

function onTheWall(work: () => Promise<void>): Contestant {
  return async (calls) => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await work();
    return (performance.now() - start) / 1000 / calls;
  };
}
