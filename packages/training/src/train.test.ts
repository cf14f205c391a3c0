import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {type Generator, createGenerator} from '@minefield/core';
import {type Initialization, encodeLabels, initialize, mlp} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import type {NetworkTask} from './network-task.ts';
import {poisonWeights, poisonedGradient, poisonedLoss} from './poisoned-loss.ts';
import type {OptimizerSpec, ScheduleSpec, TrainingRecipe} from '@minefield/spec';
import {train} from './train.ts';
import type {TrainingSnapshot} from './training-result.ts';

interface Trajectory {
  readonly widths: readonly number[];
  readonly optimizer: OptimizerSpec;
  readonly schedule: ScheduleSpec;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly weightDecayOf?: 'kernels';
  readonly initial: readonly number[];
  readonly inputs: readonly number[];
  readonly labels: readonly number[];
  readonly poisonInputs: readonly number[];
  readonly poisonLabels: readonly number[];
  readonly poisonedLoss: number;
  readonly poisonedGradient: readonly number[];
  readonly norms: readonly number[];
  readonly theta: readonly number[];
  readonly trainLoss: number;
  readonly trainAccuracy: number;
}

interface Fixture {
  readonly steps: number;
  readonly warmupSteps: number;
  readonly clipNorm: number;
  readonly poisonFactor: number;
  readonly cases: readonly Trajectory[];
}

const fixture = JSON.parse(
  readFileSync(new URL('../test/fixtures/trajectories.json', import.meta.url), 'utf8'),
) as Fixture;

function modelOf({widths}: Trajectory) {
  return mlp({inputs: widths[0] ?? 0, hidden: widths.slice(1, -1), outputs: widths.at(-1) ?? 0});
}

function taskOf(reference: Trajectory): NetworkTask {
  const examples = {inputs: Float32Array.from(reference.inputs), labels: reference.labels};
  return {
    initial: Float32Array.from(reference.initial),
    poisonFactor: fixture.poisonFactor,
    train: examples,
    test: examples,
    poison: (inputs, labels) => {
      inputs.set(reference.poisonInputs);
      labels.set(reference.poisonLabels);
    },
    generator: createGenerator(0),
  };
}

function recipeOf({
  optimizer,
  schedule,
  learningRate,
  weightDecay,
  weightDecayOf,
  poisonLabels,
}: Trajectory): TrainingRecipe {
  const {steps, warmupSteps, clipNorm} = fixture;
  return {
    steps,
    warmupSteps,
    clipNorm,
    optimizer,
    schedule,
    learningRate,
    weightDecay,
    ...(weightDecayOf && {weightDecayOf}),
    poisonPoints: poisonLabels.length,
    evaluateEvery: steps,
  };
}

function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs((actual[i] ?? Number.NaN) - (expected[i] ?? Number.NaN)));
  }
  return largest;
}

/** Mean −log(1 − p_y) on the poison examples in float64, from the definition. */
function poisonLossOf({widths, poisonInputs, poisonLabels}: Trajectory, theta: ArrayLike<number>): number {
  const losses = poisonLabels.map((label, n) => {
    const [width = 0] = widths;
    let activations = poisonInputs.slice(n * width, (n + 1) * width);
    let offset = 0;
    widths.slice(1).forEach((fanOut, layer) => {
      const inputs = activations;
      const bias = offset + inputs.length * fanOut;
      activations = Array.from({length: fanOut}, (_, j) => {
        const sum = inputs.reduce(
          (total, value, i) => total + value * (theta[offset + i * fanOut + j] ?? Number.NaN),
          theta[bias + j] ?? Number.NaN,
        );
        return layer + 2 < widths.length ? Math.max(0, sum) : sum;
      });
      offset = bias + fanOut;
    });
    const [first = 0] = activations;
    const powers = (activations.length === 1 ? [0, first] : activations).map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return -Math.log(1 - (powers[label] ?? Number.NaN) / total);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

const blobs = (inputs: Float32Array, labels: Uint8Array, generator: Generator): void => {
  for (let i = 0; i < labels.length; i++) {
    labels[i] = i % 2;
    inputs[2 * i] = (i % 2) * 2 - 1 + generator.normal();
    inputs[2 * i + 1] = generator.normal();
  }
};

function blobTask(
  seed: number,
  poisonFactor: number,
  scheme: Initialization = 'fan-in-uniform',
): NetworkTask {
  const generator = createGenerator(seed, 'blobs');
  const examples = (label: string, count: number) => {
    const inputs = new Float32Array(2 * count);
    const labels = new Uint8Array(count);
    blobs(inputs, labels, generator.derive(label));
    return {inputs, labels};
  };
  return {
    initial: initialize(small.layout, scheme, {generator: generator.derive('initial')}),
    poisonFactor,
    train: examples('train', 30),
    test: examples('test', 20),
    poison: blobs,
    generator,
  };
}

const small = mlp({inputs: 2, hidden: [8, 5], outputs: 1});
const recipe: TrainingRecipe = {
  steps: 40,
  optimizer: {name: 'adam'},
  learningRate: 0.01,
  schedule: {name: 'cosine'},
  warmupSteps: 5,
  clipNorm: 8,
  poisonPoints: 11,
  evaluateEvery: 10,
};

describe.each(testedBackends)('on %s', (name) => {
  beforeAll(async () => {
    await startBackend({name, deterministic: true});
  });

  it.each(fixture.cases)('follows PyTorch in float64: $widths, $optimizer.name', async (reference) => {
    const [result] = await train(modelOf(reference), [taskOf(reference)], recipeOf(reference));
    // Float32 rounding, amplified by 12 steps of an optimizer that divides by small second moments.
    expect(largestDifference(result?.theta ?? [], reference.theta)).toBeLessThan(2e-5);
    expect(result?.curves.trainLoss.at(-1)).toBeCloseTo(reference.trainLoss, 5);
    expect(result?.curves.trainAccuracy.at(-1)).toBeCloseTo(reference.trainAccuracy, 10);
    expect(result?.curves.gradientNorm.at(-1)).toBeCloseTo(reference.norms.at(-1) ?? 0, 5);
    expect(result?.curves.poisonLoss.at(-1)).toBeCloseTo(poisonLossOf(reference, result?.theta ?? []), 5);
    // Warm-up is over by then.
    const share = {
      constant: 1,
      cosine: (1 + Math.cos((Math.PI * (fixture.steps - 1)) / fixture.steps)) / 2,
      step: 0.1 ** 2,
    }[reference.schedule.name];
    expect(result?.curves.learningRate.at(-1)).toBeCloseTo(reference.learningRate * share, 12);
  });

  it.each(fixture.cases)(
    'agrees with PyTorch on the poisoned loss and its gradient: $widths',
    (reference) => {
      const model = modelOf(reference);
      const [n, m] = [reference.labels.length, reference.poisonLabels.length];
      const [loss, gradient] = tf.tidy(() => {
        const theta = tf.tensor2d(Float32Array.from(reference.initial), [1, reference.initial.length]);
        const batch = {
          inputs: tf.tensor3d(
            [...reference.inputs, ...reference.poisonInputs],
            [1, n + m, model.inputShape[0] ?? 0],
          ),
          labels: encodeLabels([...reference.labels, ...reference.poisonLabels], model.outputs),
        };
        const weights = poisonWeights([fixture.poisonFactor], n, m);
        const values = poisonedLoss(model, theta, batch, weights).dataSync();
        return [values[0], poisonedGradient(model, theta, batch, weights).dataSync()];
      });
      expect(loss).toBeCloseTo(reference.poisonedLoss, 5);
      expect(largestDifference(gradient, reference.poisonedGradient)).toBeLessThan(2e-6);
    },
  );

  it('gives a network the same bits alone, among others, and in another place', async () => {
    const tasks = [blobTask(1, 0), blobTask(2, 0.8), blobTask(3, 0.1)];
    const together = await train(small, tasks, recipe);
    const reversed = (await train(small, tasks.toReversed(), recipe)).toReversed();
    for (const [k, task] of tasks.entries()) {
      const [alone] = await train(small, [task], recipe);
      expect(together[k]).toEqual(alone);
      expect(reversed[k]).toEqual(alone);
    }
  });

  it('continues from any snapshot to the same bits, minibatches included', async () => {
    const minibatches = {...recipe, batchSize: 7};
    const tasks = [blobTask(1, 0.3), blobTask(2, 0)];
    const snapshots: TrainingSnapshot[] = [];
    const whole = await train(small, tasks, minibatches, {
      snapshotSeconds: 0,
      onSnapshot: (snapshot) => {
        snapshots.push(structuredClone(snapshot));
      },
    });
    expect(snapshots.length).toBeGreaterThanOrEqual(4);
    for (const resume of snapshots) {
      expect(await train(small, tasks, minibatches, {resume})).toEqual(whole);
    }
  });

  it('ends a network that diverges, and the others as if it were not there', async () => {
    const wild = {...blobTask(4, 0), initial: new Float32Array(small.layout.dimension).fill(1e30)};
    const [diverged, kept] = await train(small, [wild, blobTask(2, 0.8)], recipe);
    const [alone] = await train(small, [blobTask(2, 0.8)], recipe);
    expect(diverged?.outcome).toBe('diverged');
    expect(kept).toEqual(alone);
    expect(kept?.outcome).toBe('completed');
  });

  it('ends a network that diverges after a break as it does without one', async () => {
    // Grows a thousandfold in a step: finite when it is first evaluated, not the next time.
    const explosive: TrainingRecipe = {
      steps: 8,
      optimizer: {name: 'sgd'},
      learningRate: 1,
      weightDecay: 1e3,
      schedule: {name: 'constant'},
      poisonPoints: 11,
      evaluateEvery: 2,
    };
    const slowly: NetworkTask = {
      ...blobTask(1, 0.8),
      poison: (inputs, labels, generator) => {
        // Long enough for a snapshot in every step.
        for (const end = performance.now() + 110; performance.now() < end;);
        blobs(inputs, labels, generator);
      },
    };
    const snapshots: TrainingSnapshot[] = [];
    const [whole] = await train(small, [slowly], explosive, {
      snapshotSeconds: 0,
      onSnapshot: (snapshot) => void snapshots.push(structuredClone(snapshot)),
    });
    expect(whole).toMatchObject({outcome: 'diverged', curves: {step: [2]}});
    expect(snapshots.map(({step}) => step)).toContain(3);
    for (const resume of snapshots) {
      expect(await train(small, [blobTask(1, 0.8)], explosive, {resume})).toEqual([whole]);
    }
  });

  it('stops a network at its target and keeps its parameters of that moment', async () => {
    const easy = {...recipe, steps: 400, target: {trainAccuracy: 0.8}};
    const [result] = await train(small, [blobTask(1, 0)], easy);
    expect(result?.outcome).toBe('target-reached');
    expect(result?.curves.trainAccuracy.at(-1)).toBeGreaterThanOrEqual(0.8);
    const [again] = await train(small, [blobTask(1, 0), blobTask(2, 0.8)], easy);
    expect(again).toEqual(result);
  });

  it('hands over the parameters of each evaluation, those that a shorter training ends with', async () => {
    const constant: TrainingRecipe = {...recipe, schedule: {name: 'constant'}, batchSize: 7};
    const path: {step: number; thetas: readonly Float32Array[]}[] = [];
    const tasks = [blobTask(1, 0), blobTask(2, 0.3)];
    const whole = await train(small, tasks, constant, {onEvaluation: (point) => path.push(point)});
    expect(path.map(({step}) => step)).toEqual([10, 20, 30, 40]);
    expect(path.at(-1)?.thetas).toEqual(whole.map(({theta}) => theta));
    const half = await train(small, tasks, {...constant, steps: 20});
    expect(path[1]?.thetas).toEqual(half.map(({theta}) => theta));
  });

  it('hands over where a network has ended for as long as others go on', async () => {
    const early: TrainingRecipe = {...recipe, steps: 400, evaluateEvery: 50, target: {trainAccuracy: 0.8}};
    const {train: examples} = blobTask(2, 0);
    // The same point in both classes.
    const never = {...blobTask(2, 0), train: {...examples, inputs: new Float32Array(60)}};
    const wild = {...blobTask(4, 0), initial: new Float32Array(small.layout.dimension).fill(1e30)};
    const path: (readonly Float32Array[])[] = [];
    const results = await train(small, [blobTask(1, 0), never, wild], early, {
      onEvaluation: ({thetas}) => path.push(thetas),
    });
    expect(results.map(({outcome}) => outcome)).toEqual(['target-reached', 'completed', 'diverged']);
    expect(path).toHaveLength(8);
    results.forEach(({theta, steps}, k) => {
      for (const thetas of path.slice(steps / 50 - 1)) expect(thetas[k]).toEqual(theta);
    });
    expect(results.map(({steps}) => steps < 400)).toEqual([true, false, true]);
  });

  it('hands over a snapshot when cancelled, and throws the reason', async () => {
    const controller = new AbortController();
    const snapshots: TrainingSnapshot[] = [];
    const running = train(small, [blobTask(1, 0.3)], recipe, {
      signal: controller.signal,
      onProgress: ({step}) => {
        if (step >= 20) controller.abort(new Error('stop here'));
      },
      onSnapshot: (snapshot) => {
        snapshots.push(snapshot);
      },
    });
    await expect(running).rejects.toThrow('stop here');
    const resume = snapshots.at(-1);
    expect(resume?.step).toBe(20);
    if (resume === undefined) return;
    const [uninterrupted] = await train(small, [blobTask(1, 0.3)], recipe);
    expect(await train(small, [blobTask(1, 0.3)], recipe, {resume})).toEqual([uninterrupted]);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await train(small, [blobTask(1, 0.3), blobTask(2, 0)], {...recipe, batchSize: 7});
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves none behind where a step fails', async () => {
    const failing = (): never => {
      throw new RangeError('no room');
    };
    const {logisticGradient: _, ...rest} = small;
    const before = tf.memory().numTensors;
    await expect(
      train({...rest, logits: failing}, [blobTask(1, 0.3)], {...recipe, batchSize: 7}),
    ).rejects.toThrow('no room');
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('refuses tasks that do not fit the model', async () => {
  await expect(train(small, [], recipe)).rejects.toThrow('expected at least one task');
  const short = {...blobTask(1, 0), initial: new Float32Array(3)};
  await expect(train(small, [short], recipe)).rejects.toThrow(/expected \d+ initial parameters .*, got 3/);
  await expect(train(small, [{...blobTask(1, 0), poisonFactor: -1}], recipe)).rejects.toThrow(
    'poison factor >= 0',
  );
  await expect(train(small, [blobTask(1, 0)], {...recipe, batchSize: 31})).rejects.toThrow('of at least 31');
  const {test} = blobTask(1, 0);
  const untested = {...blobTask(1, 0), test: {inputs: test.inputs.slice(0, 0), labels: []}};
  await expect(train(small, [untested], recipe)).rejects.toThrow('of at least 1, got sizes 0');
  const resume = {step: 20, networks: []};
  await expect(train(small, [blobTask(1, 0)], recipe, {resume})).rejects.toThrow('with 1 networks');
});
