import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {createGenerator} from '@minefield/core';
import {estimateStatistics, initialize} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {evaluate} from './evaluate.ts';
import {type NetworkTask, poisonInEpochs} from './network-task.ts';
import type {TrainingRecipe} from '@minefield/spec';
import {train} from './train.ts';
import {missAfterThreeSteps, pytorchNetworks} from '../test/pytorch-steps.ts';
import type {TrainingSnapshot} from './training-result.ts';

/** Of Debian's chromium. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

const small = pytorchNetworks['small-conv-net'];

/** Images with a bright row in the first channel, in the second, or in both. */
function bars(count: number, seed: number) {
  const generator = createGenerator(seed, 'bars');
  const inputs = new Float32Array(count * 128);
  generator.fillNormalInto(inputs);
  const labels = Uint8Array.from({length: count}, (_, i) => i % 3);
  labels.forEach((label, i) => {
    const row = i * 128 + 16 * generator.integer(8);
    for (let column = 0; column < 8; column++) {
      if (label !== 1) inputs[row + 2 * column] = 4;
      if (label !== 0) inputs[row + 2 * column + 1] = 4;
    }
  });
  return {inputs, labels};
}

function taskOf(seed: number, poisonFactor: number): NetworkTask {
  const generator = createGenerator(seed);
  return {
    initial: initialize(small.layout, 'kaiming-normal', {generator: generator.derive('initial')}),
    poisonFactor,
    train: bars(24, 1),
    test: bars(20, 2),
    poison: poisonInEpochs(bars(10, 3), 128),
    generator,
  };
}

const recipe: TrainingRecipe = {
  steps: 12,
  optimizer: {name: 'sgd', momentum: 0.9},
  learningRate: 0.05,
  schedule: {name: 'cosine'},
  batchSize: 8,
  poisonPoints: 7,
  evaluateEvery: 4,
};

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  it.each(['small-conv-net', 'small-res-net'] as const)(
    'takes three steps of SGD with momentum as PyTorch does: %s',
    async (network) => {
      // Single precision through three gradients.
      expect(await missAfterThreeSteps(network)).toBeLessThan(2e-5);
    },
  );
});

it.skipIf(!existsSync(DRIVER))(
  `takes them on WebGPU too (needs ${DRIVER}, of Debian's chromium)`,
  async () => {
    const {stdout} = await promisify(execFile)(
      process.execPath,
      [
        '--conditions=@minefield/source',
        fileURLToPath(new URL('../test/pictures-on-swiftshader.ts', import.meta.url)),
      ],
      {env: {...process.env, VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: dirname(DRIVER)}},
    );
    const report: {device: string; convNet: number; resNet: number} = JSON.parse(stdout);
    expect(report.device).toMatch(/SwiftShader/);
    expect(report.convNet).toBeLessThan(2e-5);
    expect(report.resNet).toBeLessThan(2e-5);
  },
);

describe('a network with batch normalization', () => {
  beforeAll(async () => {
    await startBackend({name: 'wasm', deterministic: true});
  });

  it('learns, and evaluates with statistics of its training set', async () => {
    const task = taskOf(1, 0);
    const [result] = await train(small, [task], {...recipe, steps: 100, evaluateEvery: 50});
    if (result?.statistics === undefined) throw new Error('no statistics');
    expect(result.curves.trainAccuracy.at(-1)).toBe(1);
    expect(result.statistics).toEqual(await estimateStatistics(small, result.theta, task.train.inputs));
    const theta = tf.tensor2d(result.theta, [1, small.layout.dimension]);
    const [onTest] = await evaluate(small.frozen(result.statistics), theta, [task.test]);
    theta.dispose();
    expect(onTest).toEqual({
      loss: result.curves.testLoss.at(-1),
      accuracy: result.curves.testAccuracy.at(-1),
    });
  });

  it('estimates statistics over as many training examples as the recipe says', async () => {
    const task = taskOf(1, 0.5);
    const [result] = await train(small, [task], {...recipe, steps: 4, statisticsExamples: 10});
    if (result === undefined) throw new Error('no result');
    const first = task.train.inputs.slice(0, 10 * 128);
    expect(result.statistics).toEqual(await estimateStatistics(small, result.theta, first));
  });

  it('gives a network the same bits alone, among others, and in another place', async () => {
    const tasks = [taskOf(1, 0), taskOf(2, 0.8), taskOf(3, 0.1)];
    const together = await train(small, tasks, recipe);
    const reversed = (await train(small, tasks.toReversed(), recipe)).toReversed();
    for (const [k, task] of tasks.entries()) {
      const [alone] = await train(small, [task], recipe);
      expect(together[k]).toEqual(alone);
      expect(reversed[k]).toEqual(alone);
    }
  });

  it('continues from any snapshot to the same bits', async () => {
    const tasks = [taskOf(1, 0.3), taskOf(2, 0)];
    const snapshots: TrainingSnapshot[] = [];
    const whole = await train(small, tasks, recipe, {
      snapshotSeconds: 0,
      onSnapshot: (snapshot) => {
        snapshots.push(structuredClone(snapshot));
      },
    });
    expect(snapshots.length).toBeGreaterThanOrEqual(3);
    for (const resume of snapshots) {
      // Sources of poison that nobody has drawn from, as after a restart.
      const again = [taskOf(1, 0.3), taskOf(2, 0)];
      expect(await train(small, again, recipe, {resume})).toEqual(whole);
    }
  });

  it('ends a network that diverges with the statistics of its last finite parameters', async () => {
    const task = taskOf(1, 0);
    const [result] = await train(
      small,
      [{...task, initial: task.initial.map((value) => value * 1e30)}],
      recipe,
    );
    const {outcome, theta, statistics} = result ?? {};
    expect(outcome).toBe('diverged');
    expect(theta).toEqual(task.initial.map((value) => value * 1e30));
    expect(statistics).toHaveLength(small.statistics.dimension);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await train(small, [taskOf(1, 0.3), taskOf(2, 0)], recipe);
    expect(tf.memory().numTensors).toBe(before);
  });
});
