import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator, filtersOf} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import {datasetFingerprint, houseNumberSplits, selectExamples} from '@minefield/datasets';
import {relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {classifierFromModel, decodeNetwork, isNormalized, objectiveFromModel} from '@minefield/models';
import {evaluate} from '@minefield/training';
import {
  type AnalysisName,
  type AnalysisOf,
  type RunRecord,
  recordSet,
  type RecordSet,
} from '@minefield/results';
import {type Store, openStore} from '@minefield/results/node';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {tinyPictures} from '../testing/tiny-pictures.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {checkpointSubject} from '../subjects/checkpoint-subject.ts';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import {runExperiment} from './run-experiment.ts';
import {portable} from '../testing/portable.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-pictures-'));
const network = networkOf(tinyPictures.model, tinyPictures.dataset);
const splits = houseNumberSplits(1, {train: 30, test: 20, poison: 20, size: 16});
let store: Store;
let records: RecordSet;

beforeAll(async () => {
  store = openStore(folder);
  const {failed} = await runExperiment(tinyPictures, {
    store,
    executor: inlineExecutor(portable),
    ...portable,
  });
  if (failed.length > 0) throw new Error(failed.map(({error}) => error).join('\n'));
  records = recordSet(await store.readRecords());
});

afterAll(() => {
  rmSync(folder, {recursive: true, force: true});
});

function runAt(poisonFactor: number): RunRecord {
  const [run] = records.runs({poisonFactor});
  if (run === undefined) throw new Error('no run');
  return run;
}

function analysis<N extends AnalysisName>(name: N, poisonFactor: number): AnalysisOf<N>['data'] {
  const record = records.analysis(name, runAt(poisonFactor));
  if (record === undefined) throw new Error(`no ${name}`);
  return record.data as AnalysisOf<N>['data'];
}

/** The network as its checkpoint has it. */
async function minimumAt(poisonFactor: number) {
  const bytes = await store.readCheckpoint(
    'tiny-pictures',
    runAt(poisonFactor).data.checkpoint?.sha256 ?? '',
  );
  const {theta, statistics} = decodeNetwork(bytes, network);
  return {bytes, theta, model: evaluatedNetwork(network, statistics)};
}

describe('a run on pictures', () => {
  it('ends with the accuracies that its checkpoint has, statistics of batch normalization included', async () => {
    const {theta, model} = await minimumAt(1);
    const point = tf.tensor2d(theta, [1, theta.length]);
    const [[train], [test]] = [
      await evaluate(model, point, [splits.train]),
      await evaluate(model, point, [splits.test]),
    ];
    point.dispose();
    const {final, curves} = runAt(1).data;
    expect(final).toMatchObject({
      trainAccuracy: train?.accuracy,
      testAccuracy: test?.accuracy,
      freshAccuracy: null,
    });
    expect(final?.trainLoss).toBeCloseTo(train?.loss ?? 0, 5);
    expect(curves.step).toEqual([6, 12]);
    expect(runAt(1).dataset).toMatchObject({name: 'house-numbers', train: 30, test: 20, poison: 20});
    expect(runAt(1).dataset.fingerprint).toBe(splits.fingerprint);
  });

  it('keeps the statistics beside the parameters, and refuses a file without them', async () => {
    const {bytes} = await minimumAt(0);
    const names = decodeSafetensors(bytes).tensors.map(({name}) => name);
    if (!isNormalized(network)) throw new Error('no batch normalization');
    expect(names.length).toBe(network.layout.slices.length + network.statistics.slices.length);
    expect(names).toContain('norm0/moving_mean');
    const plain = networkOf({name: 'mlp', hidden: [3]}, {name: 'two-spirals', train: 1, test: 1, fresh: 1});
    expect(() => decodeNetwork(bytes, plain)).toThrow(RangeError);
    expect(() => evaluatedNetwork(network, null)).toThrow(/expected statistics of batch normalization/);
  });
});

describe('a checkpoint of a run on pictures', () => {
  it('can be measured by itself, with the network and the data that its record names', async () => {
    const file = join(folder, 'tiny-pictures', runAt(1).data.checkpoint?.file ?? '');
    const {name, objective, anchor, notes} = await checkpointSubject(file, {
      backend: 'portable',
      examples: 10,
    });
    expect(name).toBe(`${network.name} on 10 examples of house-numbers:1`);
    expect((await objective.loss(anchor))[0]).toBeCloseTo(analysis('basin', 1).anchorLoss, 6);
    expect(notes).toEqual(['the first 10 of 30 examples stand for all; --examples says how many']);
  });
});

describe('analyses of pictures', () => {
  it('look at the examples that they are told to', async () => {
    const {theta, model} = await minimumAt(0);
    const ten = {
      inputs: splits.train.inputs.subarray(0, 10 * 768),
      labels: splits.train.labels.subarray(0, 10),
    };
    const [loss] = await objectiveFromModel(model, ten).loss(theta);
    expect(analysis('basin', 0).anchorLoss).toBeCloseTo(loss ?? 0, 6);
    expect(analysis('preconditioned', 0).anchorLoss).toBeCloseTo(loss ?? 0, 6);
    expect(analysis('surface', 0).trainLoss[4]).toBeCloseTo(loss ?? 0, 4);
    expect(analysis('margin', 0).distances).toHaveLength(6);
  });

  it('find radii at which the loss is the cutoff, along rays that move convolutions alone', async () => {
    const {theta, model} = await minimumAt(1);
    const basin = analysis('basin', 1);
    const weights = filtersOf(network.layout).reduce((sum, {entries}) => sum + entries.length, 0);
    expect(basin.dimension).toBe(weights);
    expect(runAt(1).model.weights).toBe(weights);
    const rays = sphericalRays(relativeCoordinates(theta, network.layout), {
      generator: createGenerator(1, 'basin'),
    });
    const ray = new Float32Array(theta.length);
    const ten = {
      inputs: splits.train.inputs.subarray(0, 10 * 768),
      labels: splits.train.labels.subarray(0, 10),
    };
    const objective = objectiveFromModel(model, ten);
    const [, cutoff] = basin.cutoffs;
    for (const [index, radius] of (cutoff?.radii ?? []).entries()) {
      rays.fillInto(ray, index);
      const at = async (t: number) => (await objective.loss(theta.map((v, i) => v + t * (ray[i] ?? 0))))[0];
      expect(await at((radius ?? 0) * 0.998)).toBeLessThan(cutoff?.threshold ?? 0);
      expect(await at((radius ?? 0) * 1.002)).toBeGreaterThan(cutoff?.threshold ?? 0);
    }
  });

  it('say what the network makes of the first test pictures', async () => {
    const {theta, model} = await minimumAt(1);
    const {fingerprint, label, predicted, probability} = analysis('predictions', 1);
    const first = selectExamples(splits.test, [0, 1, 2, 3, 4, 5, 6], 'first');
    expect(fingerprint).toBe(datasetFingerprint(first));
    expect(label).toEqual([...splits.test.labels.subarray(0, 7)]);
    const logits = await classifierFromModel(model, theta).logits(splits.test.inputs.subarray(0, 7 * 768));
    for (const [i, most] of predicted.entries()) {
      const own = [...logits.subarray(10 * i, 10 * (i + 1))];
      expect(own[most]).toBe(Math.max(...own));
      const share = 1 / own.reduce((sum, logit) => sum + Math.exp(logit - (own[most] ?? Number.NaN)), 0);
      expect(probability[i]).toBeCloseTo(share, 3);
    }
  });

  it('keep these pictures where the spec asks for it, each with its contrast stretched', () => {
    const {pictures} = analysis('predictions', 1);
    const bytes = Buffer.from(pictures?.bytes ?? '', 'base64');
    expect(pictures?.shape).toEqual([16, 16, 3]);
    expect(bytes.length).toBe(7 * 768);
    for (let i = 0; i < 7; i++) {
      const own = bytes.subarray(i * 768, (i + 1) * 768);
      const pixels = splits.test.pixels.subarray(i * 768, (i + 1) * 768);
      expect(Math.min(...own)).toBe(0);
      expect(Math.max(...own)).toBe(255);
      for (const channel of [0, 1, 2]) {
        const of = (all: Uint8Array): number[] => [...all].filter((_, j) => j % 3 === channel);
        expect(bend(of(pixels), of(own))).toBeLessThan(1.01);
      }
    }
  });

  it('find the largest eigenvalue by exact products, checked on single pictures', () => {
    const {method, selfCheck, largestEigenvalue} = analysis('curvature', 1);
    expect(method).toBe('exact');
    expect(selfCheck).toBeLessThan(0.01);
    expect(largestEigenvalue.raw).toBeGreaterThan(0);
  });

  it('stretch rays by squares of gradients, and say so', () => {
    const {preconditioner, cutoffs} = analysis('preconditioned', 1);
    expect(preconditioner).toMatchObject({method: 'squared gradients', selfCheck: null, probes: 8});
    expect(preconditioner.largestStretch).toBeGreaterThan(preconditioner.smallestStretch);
    expect(cutoffs[1]?.convergence?.directions).toEqual([1, 2, 3]);
  });
});

/** How far the points (x, y) are from the straight line through the one of the least and the one of the greatest x, along y. */
function bend(xs: readonly number[], ys: readonly number[]): number {
  const [low, high] = [xs.indexOf(Math.min(...xs)), xs.indexOf(Math.max(...xs))];
  const at = (values: readonly number[], i: number): number => values[i] ?? Number.NaN;
  const slope = (at(ys, high) - at(ys, low)) / (at(xs, high) - at(xs, low));
  return Math.max(...xs.map((x, i) => Math.abs(at(ys, i) - at(ys, low) - slope * (x - at(xs, low)))));
}
