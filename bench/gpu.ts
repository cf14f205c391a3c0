/**
 * `node --conditions=@minefield/source bench/gpu.ts [--backend webgpu] [--images 128] [--python file] [--software] [--json]`:
 * training of ResNet-20 and losses along a direction on a GPU, beside PyTorch on the same one, by turns, wall time. Needs
 * nothing from a network: a machine with a GPU may be bare. `--software` lets WebGPU run on the processor, to see that all is in
 * its place: with `--images 1`, for it is slow.
 */
import {parseArgs} from 'node:util';
import {type BackendName, startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {initialize, objectiveFromModel, resNet} from '@minefield/models';
import {type Setting, compare, rivalsOf} from './compare.ts';
import type {Contestant} from './contest.ts';
import {machine} from './machine.ts';
import {SYSTEM, startPeer} from './peers/peer.ts';

import {type Row, rowText} from './row.ts';
import {noisyExamples, trainingStep} from './training-step.ts';

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
const torch = await startPeer(options.python === undefined ? SYSTEM : [options.python], 'torch_gpu_peer.py');
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
    say(rowText(row));
  },
};
const model = resNet({inputShape: [32, 32, CHANNELS], classes: CLASSES});
await training();
await losses();
torch?.close();
if (options.json) console.log(JSON.stringify({machine: description, rows}, undefined, 2));

/** A step of SGD with momentum, as many images of poison as of training. */
async function training(): Promise<void> {
  const step = trainingStep(model.training, 1, 2 * images, 'momentum');
  const ours = onTheWall(async () => {
    step();
    await step.settle();
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
  step.dispose();
}

/** What a radius is made of. */
async function losses(): Promise<void> {
  const statistics = Float32Array.from({length: model.statistics.dimension}, () => 1);
  const objective = objectiveFromModel(model.frozen(statistics), noisyExamples(model, images));
  const anchor = initialize(model.layout, 'kaiming-normal', {generator: createGenerator(2)});
  const direction = new Float32Array(anchor.length);
  createGenerator(3).fillNormalInto(direction);
  const points = Array.from({length: POINTS}, (_, point) =>
    anchor.map((value, i) => value + 1e-3 * point * (direction[i] ?? 0)),
  );
  const ours = onTheWall(async () => {
    for (const theta of points) await objective.loss(theta);
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

function onTheWall(work: () => Promise<void>): Contestant {
  return async (calls) => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await work();
    return (performance.now() - start) / 1000 / calls;
  };
}
