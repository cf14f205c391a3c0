/** Numbers of both kinds of objective as they were recorded before they came to share their evaluation. */
import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {type Objective, at, createGenerator, fingerprint} from '@minefield/core';
import * as layers from '@tensorflow/tfjs-layers';
import {beforeAll, describe, expect, it} from 'vitest';
import {objectiveFromLayersModel} from './layers-model/objective-from-layers-model.ts';
import {mlp} from './mlp.ts';
import {convNet} from './normalized/conv-net.ts';
import {objectiveFromModel} from './objective-from-model.ts';

/** Plain SIMD: the same bits on every machine. */
beforeAll(async () => {
  await startBackend({name: 'wasm', deterministic: true});
});

/** Fingerprints of what each function gave. */
const recorded = JSON.parse(
  readFileSync(new URL('../test/fixtures/objective-bits.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, string>>>>;

const generator = createGenerator(12, 'objective bits');

function normal(count: number, label: string): Float32Array {
  const values = new Float32Array(count);
  generator.derive(label).fillNormalInto(values);
  return values;
}

function labels(count: number, classes: number): Uint8Array {
  return Uint8Array.from({length: count}, (_, i) => (i * 7 + (i >> 2)) % classes);
}

/** One fingerprint for each function of an objective, at three points and over some of the examples. */
async function bitsOf(objective: Objective): Promise<Record<string, string>> {
  const {dimension, lossAlong, gradient, hessianVector, predictions} = objective;
  const thetas = normal(3 * dimension, 'thetas').map((value) => value / 3);
  const [theta, vector] = [thetas.subarray(0, dimension), normal(dimension, 'vector')];
  const examples = Uint32Array.of(9, 2, 3, 4, 11, 0);
  const losses = await objective.loss(thetas);
  const limit = at(losses.toSorted(), 1);
  const limited = await objective.loss(thetas, {limit});
  const all: Record<string, ArrayBufferView | undefined> = {
    loss: losses,
    ofExamples: await objective.loss(thetas, {examples}),
    limited: limited.map((loss) => (loss > limit ? Infinity : loss)),
    lossAlong: await lossAlong?.(theta, thetas, Float64Array.of(0.5, 0.25, 2)),
    gradient: await gradient?.(theta),
    gradientOfExamples: await gradient?.(theta, {examples}),
    hessianVector: await hessianVector?.(theta, vector),
    predictions: await predictions?.(thetas),
    predictionsOfExamples: await predictions?.(thetas, {examples}),
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, values]) =>
      values === undefined ? [] : [[name, fingerprint(values).slice(0, 16)]],
    ),
  );
}

function denseLayersModel(): layers.LayersModel {
  const {dense} = layers.layers;
  return layers.sequential({
    layers: [
      dense({inputShape: [3], units: 5, activation: 'relu'}),
      dense({units: 4, activation: 'softmax'}),
    ],
  });
}

describe('an objective gives the bits that it gave before', () => {
  it.each([1, 4])(
    'of a perceptron with %i outputs, in chunks that do not divide anything',
    async (outputs) => {
      const model = mlp({inputs: 3, hidden: [7, 5], outputs});
      const data = {inputs: normal(39, 'inputs'), labels: labels(13, Math.max(2, outputs))};
      const objective = objectiveFromModel(model, data, {networks: 2, examples: 5});
      expect(await bitsOf(objective)).toEqual(recorded[`perceptron-${outputs}`]);
    },
  );

  it('of a ConvNet', async () => {
    const network = convNet({inputShape: [6, 6, 2], widths: [4, 8], classes: 3});
    const statistics = Float32Array.from({length: network.statistics.dimension}, (_, i) => 0.5 + i / 50);
    const data = {inputs: normal(13 * 72, 'images'), labels: labels(13, 3)};
    const objective = objectiveFromModel(network.frozen(statistics), data, {networks: 2, examples: 5});
    expect(await bitsOf(objective)).toEqual(recorded['conv-net']);
  });

  it('of a Layers model, by cross-entropy and by squared error', async () => {
    const model = denseLayersModel();
    const inputs = normal(39, 'inputs');
    const chunks = {networks: 2, examples: 5};
    const classes = objectiveFromLayersModel(model, {inputs, labels: labels(13, 4)}, chunks);
    expect(await bitsOf(classes)).toEqual(recorded['cross-entropy']);
    const targets = normal(52, 'targets');
    const squares = objectiveFromLayersModel(
      model,
      {inputs, labels: targets},
      {...chunks, loss: 'meanSquaredError'},
    );
    expect(await bitsOf(squares)).toEqual(recorded['squared-error']);
    model.dispose();
  });
});
