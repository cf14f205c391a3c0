/** What a caller may get wrong, tried on every public function that takes options, words or numbers. */
import {startBackend} from '@minefield/backend/node';
import {InputError, createGenerator} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {denseModel} from '../test/layers-models.ts';
import {
  type Model,
  classifierFromLayersModel,
  classifierFromModel,
  convNet,
  estimateStatistics,
  initialize,
  mlp,
  nearestKinks,
  objectiveFromLayersModel,
  objectiveFromModel,
  readTrainableWeights,
  resNet,
  writeTrainableWeights,
} from './index.ts';

/** Of callers without types. */
type Loose = (...args: readonly unknown[]) => unknown;
const loose = (callee: unknown): Loose => callee as Loose;

const inputShape = [4, 4, 1] as const;
const model = mlp({inputs: 3, hidden: [2], outputs: 3});
const pictures = convNet({inputShape, widths: [2], classes: 2});
const {dimension} = model.layout;
const theta = new Float32Array(dimension).fill(0.1);
const inputs = new Float32Array(9).fill(0.2);
const data = {inputs, labels: [0, 1, 2]};
const parameters = new Float32Array(pictures.layout.dimension).fill(0.1);
const image = new Float32Array(16);

// Before the models of Layers, which are made with their weights.
await startBackend({name: 'cpu'});

async function messageOf(call: () => unknown): Promise<string> {
  const outcome: unknown = await Promise.resolve()
    .then(call)
    .then(
      () => 'nothing was refused',
      (error: unknown) => error,
    );
  expect(outcome).toBeInstanceOf(InputError);
  return (outcome as InputError).message;
}

describe('an option that nobody reads is refused', () => {
  it.each<[caller: string, misspelt: string, meant: string, call: (options: object) => unknown]>([
    ['mlp', 'ouputs', 'outputs', (more) => mlp({inputs: 2, hidden: [3], outputs: 1, ...more})],
    ['convNet', 'stride', 'strides', (more) => convNet({inputShape, classes: 2, ...more})],
    ['resNet', 'dept', 'depth', (more) => resNet({inputShape, classes: 2, ...more})],
    ['objectiveFromModel', 'network', 'networks', (more) => objectiveFromModel(model, data, more)],
    ['objectiveFromModel', 'limits', 'limit', (more) => objectiveFromModel(model, data).loss(theta, more)],
    [
      'objectiveFromModel',
      'exmaples',
      'examples',
      (more) => objectiveFromModel(model, data).gradient?.(theta, more),
    ],
    [
      'objectiveFromModel',
      'sginal',
      'signal',
      (more) => objectiveFromModel(model, data).hessianVector?.(theta, theta, more),
    ],
    [
      'objectiveFromModel',
      'example',
      'examples',
      (more) => objectiveFromModel(model, data).predictions?.(theta, more),
    ],
    [
      'objectiveFromModel',
      'Limit',
      'limit',
      (more) => objectiveFromModel(model, data).lossAlong?.(theta, theta, Float64Array.of(1), more),
    ],
    [
      'objectiveFromLayersModel',
      'output',
      'outputs',
      (more) => objectiveFromLayersModel(denseModel(3, 'softmax'), {inputs, labels: [0, 1, 2]}, more),
    ],
    [
      'classifierFromLayersModel',
      'example',
      'examples',
      (more) => classifierFromLayersModel(denseModel(3, 'softmax'), more),
    ],
    ['estimateStatistics', 'bacth', 'batch', (more) => estimateStatistics(pictures, parameters, image, more)],
    ['nearestKinks', 'exampels', 'examples', (more) => nearestKinks(model, theta, inputs, more)],
  ])('by %s: %s', async (caller, misspelt, meant, call) => {
    const message = await messageOf(() => call({[misspelt]: 1}));
    expect(message).toMatch(`models.${caller}: expected options among `);
    expect(message).toMatch(`got "${misspelt}"; did you mean "${meant}"?`);
  });

  it.each([
    [{activation: 'tahn'}, 'got "tahn"; did you mean "tanh"?'],
    [
      {activation: 'elu'},
      'expected an activation among relu, leaky-relu, tanh, sigmoid, gelu, silu, softplus, got "elu"',
    ],
    [{bias: 0}, 'expected bias to be true or false, got 0; leave it out for true'],
  ])('in mlp: %o', async (wrong, says) => {
    const message = await messageOf(() => loose(mlp)({inputs: 2, hidden: [3], outputs: 1, ...wrong}));
    expect(message).toMatch('models.mlp: ');
    expect(message).toContain(says);
  });
});

describe('a missing or senseless option is refused', () => {
  it.each<[says: string, call: () => unknown]>([
    [
      'models.mlp: expected options, an object with inputs, hidden, outputs, activation, bias, got undefined',
      () => loose(mlp)(),
    ],
    ['models.convNet: expected options, an object with inputShape', () => loose(convNet)()],
    ['models.resNet: expected options, an object with inputShape', () => loose(resNet)(null)],
    [
      'models.objectiveFromModel: expected options, an object',
      () => loose(objectiveFromModel)(model, data, null),
    ],
    [
      'models.mlp: expected inputs to be an integer of at least 1, got undefined',
      () => loose(mlp)({hidden: [], outputs: 1}),
    ],
    ['models.mlp: expected hidden to be an array, got undefined', () => loose(mlp)({inputs: 1, outputs: 1})],
    [
      'models.mlp: expected hidden[1] to be an integer of at least 1, got 0',
      () => mlp({inputs: 1, hidden: [2, 0], outputs: 1}),
    ],
    [
      'models.mlp: expected outputs to be an integer of at least 1, got 1.5',
      () => mlp({inputs: 1, hidden: [2], outputs: 1.5}),
    ],
    [
      'models.convNet: expected classes to be an integer of at least 1, got undefined',
      () => loose(convNet)({inputShape}),
    ],
    ['models.convNet: expected inputShape to be an array, got undefined', () => loose(convNet)({classes: 2})],
    [
      'models.resNet: expected inputShape [height, width, channels], got [4,4]',
      () => loose(resNet)({inputShape: [4, 4], classes: 2}),
    ],
    [
      'models.convNet: expected strides[0] to be an integer of at least 1, got -1',
      () => convNet({inputShape, widths: [2], strides: [-1], classes: 2}),
    ],
    [
      'models.resNet: expected widths[1] to be an integer of at least 1, got 2.5',
      () => resNet({inputShape, widths: [2, 2.5, 4], classes: 2}),
    ],
    [
      'models.initialize: expected options, an object with generator, got undefined',
      () => loose(initialize)(model.layout, 'kaiming-normal'),
    ],
    [
      'models.initialize: expected a generator of chance, got none; pass {generator: createGenerator(seed)}',
      () => loose(initialize)(model.layout, 'kaiming-normal', {}),
    ],
  ])('%s', async (says, call) => {
    expect(await messageOf(call)).toContain(says);
  });
});

describe('a word that nobody knows is refused', () => {
  const layersModel = denseModel(3, 'softmax');
  it.each<[says: string, call: () => unknown]>([
    [
      'models.initialize: expected a scheme among kaiming-normal, kaiming-uniform, xavier-normal, xavier-uniform, fan-in-uniform, got "Kaiming-normal"; did you mean "kaiming-normal"?',
      () => loose(initialize)(model.layout, 'Kaiming-normal', createGenerator(1)),
    ],
    [
      'models.objectiveFromLayersModel: expected a loss among crossEntropy, meanSquaredError, got "crossentropy"; did you mean "crossEntropy"?',
      () => loose(objectiveFromLayersModel)(layersModel, {inputs, labels: [0, 1, 2]}, {loss: 'crossentropy'}),
    ],
    [
      'models.objectiveFromLayersModel: expected a kind of outputs among logits, probabilities, got "logit"; did you mean "logits"?',
      () => loose(objectiveFromLayersModel)(layersModel, {inputs, labels: [0, 1, 2]}, {outputs: 'logit'}),
    ],
    [
      'models.classifierFromLayersModel: expected a kind of outputs among logits, probabilities, got "probability"',
      () => loose(classifierFromLayersModel)(layersModel, {outputs: 'probability'}),
    ],
  ])('%s', async (says, call) => {
    expect(await messageOf(call)).toContain(says);
  });
});

describe('numbers in another kind of array are refused', () => {
  const list = [...theta];
  const objective = objectiveFromModel(model, data);
  const layersModel = denseModel(3, 'softmax');
  const ofLayers = objectiveFromLayersModel(layersModel, {inputs, labels: [0, 1, 2]});
  const classifier = classifierFromModel(model, theta);
  const floats = (caller: string, name: string, type = 'Array'): string =>
    `models.${caller}: expected ${name} as a Float32Array, got a value of type ${type}; make one with Float32Array.from`;
  it.each<[says: string, call: () => unknown]>([
    [
      floats('objectiveFromModel', 'inputs'),
      () => loose(objectiveFromModel)(model, {inputs: [...inputs], labels: [0, 1, 2]}),
    ],
    [floats('objectiveFromModel', 'parameters'), () => loose(objective.loss)(list)],
    [
      floats('objectiveFromModel', 'parameters', 'Float64Array'),
      () => loose(objective.loss)(Float64Array.from(theta)),
    ],
    [floats('objectiveFromModel', 'parameters'), () => loose(objective.gradient)(list)],
    [floats('objectiveFromModel', 'parameters'), () => loose(objective.hessianVector)(theta, list)],
    [floats('objectiveFromModel', 'parameters'), () => loose(objective.predictions)(list)],
    [
      floats('objectiveFromModel', 'parameters'),
      () => loose(objective.lossAlong)(list, theta, Float64Array.of(1)),
    ],
    [
      'models.objectiveFromModel: expected examples as a Uint32Array of indices, got a value of type Array; make one with Uint32Array.from',
      () => loose(objective.loss)(theta, {examples: [0, 1]}),
    ],
    [floats('objectiveFromLayersModel', 'parameters'), () => loose(ofLayers.loss)([1])],
    [floats('objectiveFromLayersModel', 'parameters'), () => loose(ofLayers.gradient)([1])],
    [
      'models.objectiveFromLayersModel: expected a tensor, one for each input of the model, or a Float32Array, got a value of type Array; make an array of numbers a Float32Array with Float32Array.from',
      () => loose(objectiveFromLayersModel)(layersModel, {inputs: [...inputs], labels: [0, 1, 2]}),
    ],
    [
      'models.objectiveFromLayersModel: expected examples as {inputs, labels}, got a value of type Undefined without',
      () => loose(objectiveFromLayersModel)(layersModel),
    ],
    [
      'models.objectiveFromLayersModel: expected examples as {inputs, labels}, got a value of type Float32Array without',
      () => loose(objectiveFromLayersModel)(layersModel, inputs),
    ],
    [floats('writeTrainableWeights', 'parameters'), () => loose(writeTrainableWeights)(layersModel, [1])],
    [floats('classifierFromModel', 'parameters'), () => loose(classifierFromModel)(model, list)],
    [floats('classifierFromModel', 'inputs'), () => loose(classifier.logits)([...inputs])],
    [
      'models.classifierFromModel: expected inputs [n, 3], got 4 numbers',
      () => classifier.logits(new Float32Array(4)),
    ],
    [
      floats('estimateStatistics', 'parameters'),
      () => loose(estimateStatistics)(pictures, [...parameters], image),
    ],
    [
      floats('estimateStatistics', 'inputs'),
      () => loose(estimateStatistics)(pictures, parameters, [...image]),
    ],
    [floats('frozen', 'statistics'), () => loose(pictures.frozen)([1, 2, 3, 4])],
    [floats('nearestKinks', 'inputs'), () => loose(nearestKinks)(model, theta, [...inputs])],
    [
      'models.objectiveFromModel: expected inputs as a Float32Array, got undefined; make one with Float32Array.from',
      () => loose(objectiveFromModel)(model, {labels: [0]}),
    ],
    [
      'models.objectiveFromModel: expected at least one example, got none',
      () => loose(objectiveFromModel)(model, {inputs}),
    ],
    [
      `models.objectiveFromModel: expected ${dimension} parameters, got 2; use a vector of the same`,
      () => objective.gradient?.(theta.subarray(0, 2)),
    ],
    [
      `models.objectiveFromModel: expected ${dimension} parameters, got 2; use a vector of the same`,
      () => objective.hessianVector?.(theta, theta.subarray(0, 2)),
    ],
    [
      `models.objectiveFromModel: expected ${dimension} parameters, got 2; use a vector of the same`,
      () => objective.lossAlong?.(theta.subarray(0, 2), theta, Float64Array.of(1)),
    ],
  ])('%s', async (says, call) => {
    const before = tf.memory().numTensors;
    expect(await messageOf(call)).toContain(says);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('and numbers in the right one are not', async () => {
    await expect(readTrainableWeights(layersModel)).resolves.toBeInstanceOf(Float32Array);
    expect(await objective.loss(theta, {examples: Uint32Array.of(0), signal: undefined})).toHaveLength(1);
    const bare: Model = mlp({inputs: 3, hidden: [], outputs: 1});
    expect(bare.layout.dimension).toBe(4);
  });
});
