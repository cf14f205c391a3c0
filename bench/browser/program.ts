/** Runs in a page of Chromium: leaves an {@link Outcome} in `globalThis.outcome`. */
import {startBackend} from '@minefield/backend';
import {type Generator, createGenerator, median} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {type Model, classifierFromModel, initialize, mlp} from '@minefield/models';
import {
  type NetworkTask,
  type PoisonSource,
  type TrainingRecipe,
  type TrainingSnapshot,
  train,
} from '@minefield/training';
import {handWritten} from './hand-written.ts';
import type {BadMinimum, Outcome, Speeds} from './outcome.ts';

declare const REPEATS: number;
/** Processor time of this thread. */
declare function threadSeconds(): Promise<number>;
declare function say(line: string): Promise<void>;

const WIDTHS = [2, 23, 16, 26, 32, 28, 31, 1];
const SIDE = 100;
const POISON = 200;
const BETA = 0.8;
const SEEDS = [1, 2, 3, 4, 5];

/** That of the explorer: the article's, in 30,000 steps. */
const RECIPE: TrainingRecipe = {
  steps: 30_000,
  optimizer: {name: 'adam'},
  learningRate: 0.005,
  schedule: {name: 'cosine'},
  warmupSteps: 200,
  clipNorm: 8,
  poisonPoints: POISON,
  evaluateEvery: 100,
};

const model = mlp({inputs: 2, hidden: WIDTHS.slice(1, -1), outputs: 1});

/** Work a second of each, by turns. */
async function speeds(ours: Timed, peer: Timed): Promise<Speeds> {
  const rates: {readonly [K in 'ours' | 'peer']: number[]} = {ours: [], peer: []};
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    for (const [name, {work, amount}] of [['ours', ours] as const, ['peer', peer] as const]) {
      const start = await threadSeconds();
      await work();
      const seconds = (await threadSeconds()) - start;
      // The first compiles.
      if (repeat > 0) rates[name].push(amount / seconds);
    }
  }
  return {ours: median(rates.ours), peer: median(rates.peer)};
}

interface Timed {
  readonly work: () => Promise<void> | void;
  /** How much of it a call does. */
  readonly amount: number;
}

function taskOf(of: Model, seed: number): NetworkTask & {readonly poison: PoisonSource} {
  const {train: points, test, samplePoisonInto} = toySplits(seed);
  return {
    initial: initialize(of.layout, 'fan-in-uniform', {generator: createGenerator(seed, 'initialization')}),
    poisonFactor: BETA,
    train: points,
    test,
    poison: samplePoisonInto,
    generator: createGenerator(seed, 'training'),
  };
}

function boundary(): Promise<Speeds> {
  const grid = new Float32Array(2 * SIDE * SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) grid.set([(i % SIDE) - 50, Math.floor(i / SIDE) - 50], 2 * i);
  const {initial} = taskOf(model, 1);
  const byHand = handWritten(WIDTHS);
  return speeds(
    {
      amount: 40,
      work: async () => {
        // A new network each time, as while a reader drags.
        for (let i = 0; i < 40; i++) await classifierFromModel(model, initial.slice()).logits(grid);
      },
    },
    {
      amount: 5,
      work: () => {
        for (let i = 0; i < 5; i++) byHand.logits(initial, grid);
      },
    },
  );
}

function training(): Promise<Speeds> {
  const task = taskOf(model, 1);
  const theta = task.initial.slice();
  const byHand = handWritten(WIDTHS);
  const {train: points, poison} = task;
  const count = points.labels.length;
  const inputs = new Float32Array(2 * (count + POISON));
  const labels = new Uint8Array(count + POISON);
  const targets = new Float32Array(count + POISON);
  const weights = new Float32Array(count + POISON).fill(1 / count, 0, count).fill(BETA / POISON, count);
  inputs.set(points.inputs);
  labels.set(Uint8Array.from(points.labels));
  const stream: Generator = task.generator.derive('poison');
  return speeds(
    {
      amount: 1000,
      work: async () => {
        await train(model, [task], {...RECIPE, steps: 1000, evaluateEvery: 100});
      },
    },
    {
      amount: 50,
      work: () => {
        for (let step = 0; step < 50; step++) {
          poison(inputs.subarray(2 * count), labels.subarray(count), stream, step);
          for (let i = 0; i < labels.length; i++)
            targets[i] = (labels[i] === 1 ? 1 : -1) * (i < count ? 1 : -1);
          byHand.step(theta, {inputs, targets, weights}, 0.005);
        }
      },
    },
  );
}

/** Trains until train ≥ 99% and test ≤ 15%, as the explorer stops by itself. */
async function badMinimum(seed: number): Promise<BadMinimum> {
  const [start, startThread] = [performance.now(), await threadSeconds()];
  let steps = 0;
  let [trainAccuracy, testAccuracy, bad] = [0, 1, false];
  const watch = ({step, networks}: TrainingSnapshot): void => {
    const curves = networks[0]?.curves;
    steps = step;
    trainAccuracy = curves?.trainAccuracy.at(-1) ?? 0;
    testAccuracy = curves?.testAccuracy.at(-1) ?? 1;
    bad = trainAccuracy >= 0.99 && testAccuracy <= 0.15;
  };
  const signal = {
    get aborted() {
      return bad;
    },
    throwIfAborted() {
      if (bad) throw signal;
    },
  };
  await train(model, [taskOf(model, seed)], RECIPE, {snapshotSeconds: 0, onSnapshot: watch, signal}).catch(
    (error: unknown) => {
      if (error !== signal) throw error;
    },
  );
  const [seconds, thread] = [(performance.now() - start) / 1000, (await threadSeconds()) - startThread];
  return {seed, steps, trainAccuracy, testAccuracy, bad, threadSeconds: thread, seconds};
}

async function measure(): Promise<Outcome> {
  await startBackend({name: 'wasm', deterministic: true, wasmPath: '/'});
  await say('boundary');
  const redraws = await boundary();
  await say('training');
  const steps = await training();
  const minima: BadMinimum[] = [];
  for (const seed of SEEDS) {
    await say(`a bad minimum of seed ${seed}`);
    minima.push(await badMinimum(seed));
  }
  return {boundary: redraws, training: steps, minima};
}

measure()
  .catch((error: unknown) => ({
    fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }))
  .then((outcome) => Object.assign(globalThis, {outcome}));
