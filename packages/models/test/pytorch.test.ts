/**
 * Networks trained by PyTorch, against what PyTorch computed of them in double precision (fixtures/make-pytorch.py). Ours are in
 * single precision, so numbers agree to some 1e-6 of the largest among them.
 */
import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {
  type Objective,
  type ParameterLayout,
  type TensorRule,
  exportParameters,
  importParameters,
  pytorchBatchNorm,
  pytorchConv2d,
  pytorchLinear,
} from '@minefield/core';
import {type DecodedTensor, decodeSafetensors, encodeSafetensors} from '@minefield/safetensors';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {classifierFromModel} from '../src/classifier-from-model.ts';
import {objectiveFromLayersModel} from '../src/layers-model/objective-from-layers-model.ts';
import {readTrainableWeights, writeTrainableWeights} from '../src/layers-model/layers-model-weights.ts';
import {layersModelLayout} from '../src/layers-model/layers-model-layout.ts';
import {mlp} from '../src/mlp.ts';
import {objectiveFromModel} from '../src/objective-from-model.ts';
import {mlpRules} from '../src/mlp-rules.ts';
import {convNet} from './layers-models.ts';

function readTensors(file: string): readonly DecodedTensor[] {
  return decodeSafetensors(readFileSync(new URL(`fixtures/${file}.safetensors`, import.meta.url))).tensors;
}

/** What PyTorch says of a network; vectors are in our order. */
function referenceOf(name: string, layout: ParameterLayout, rules: readonly TensorRule[]) {
  const tensors = readTensors(`${name}-reference`);
  const numbers = (tensor: string) => Array.from(tensors.find((t) => t.name === tensor)?.data ?? [], Number);
  const vector = (prefix: string) =>
    importParameters(
      tensors
        .filter((tensor) => tensor.name.startsWith(`${prefix}/`))
        .map((tensor) => ({...tensor, name: tensor.name.slice(prefix.length + 1)})),
      layout,
      rules.filter((rule) => 'slice' in rule),
    ).theta;
  return {
    inputs: Float32Array.from(numbers('inputs')),
    labels: numbers('labels'),
    logits: numbers('logits'),
    loss: numbers('loss')[0] ?? Number.NaN,
    gradient: vector('gradient'),
    vector: vector('vector'),
    product: vector('product'),
  };
}

/** Largest difference, in units of the largest entry expected. */
function disagreement(actual: ArrayLike<number> | undefined, expected: ArrayLike<number>): number {
  const largest = Math.max(...Array.from(expected, Math.abs));
  return (
    Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual?.[i] ?? Number.NaN)))) / largest
  );
}

/** (∇L(θ + h v) − ∇L(θ − h v)) / 2h. */
async function centralDifference(
  {gradient}: Objective,
  theta: Float32Array,
  vector: Float32Array,
  h: number,
) {
  const [above, below] = await Promise.all(
    [h, -h].map((step) => gradient?.(theta.map((value, i) => value + step * (vector[i] ?? 0)))),
  );
  return Float64Array.from(theta, (_, i) => ((above?.[i] ?? 0) - (below?.[i] ?? 0)) / (2 * h));
}

describe.each(testedBackends)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({name: backend, deterministic: true});
  });

  describe('a Sequential of linear layers, as our perceptron', () => {
    const model = mlp({inputs: 2, hidden: [16, 16], outputs: 1});
    const tensors = readTensors('mlp');
    const rules = mlpRules(tensors, model);
    const {theta} = importParameters(tensors, model.layout, rules);
    const reference = referenceOf('mlp', model.layout, rules);
    const objective = objectiveFromModel(model, reference);

    it('has the logits and the loss', async () => {
      const logits = await classifierFromModel(model, theta).logits(reference.inputs);
      expect(disagreement(logits, reference.logits)).toBeLessThan(2e-6);
      const [loss = 0] = await objective.loss(theta);
      // An error of a logit is a relative error of its example's small loss.
      expect(Math.abs(loss / reference.loss - 1)).toBeLessThan(1e-5);
    });

    it('has the gradient and the Hessian-vector product', async () => {
      // At a minimum the gradient is what is left of examples that cancel, and so are its digits.
      expect(disagreement(await objective.gradient?.(theta), reference.gradient)).toBeLessThan(3e-5);
      const product = await objective.hessianVector?.(theta, reference.vector);
      expect(disagreement(product, reference.product)).toBeLessThan(5e-6);
    });

    it('goes back into the state dict bit by bit', () => {
      const back = decodeSafetensors(encodeSafetensors(exportParameters(theta, model.layout, rules)));
      const byName = (a: DecodedTensor, b: DecodedTensor) => (a.name < b.name ? -1 : 1);
      expect(back.tensors).toEqual(tensors.toSorted(byName));
    });
  });

  describe('convolutions, batch normalization and a flattening, as a Layers model', () => {
    const rules = [
      ...pytorchConv2d('0', 'conv0', {bias: false}),
      ...pytorchBatchNorm('1', 'norm'),
      ...pytorchConv2d('3', 'conv1'),
      ...pytorchLinear('6', 'dense0', {flattened: [6, 3, 3]}),
    ];

    /** The network, with inputs turned from channels first to channels last. */
    function problem() {
      const model = convNet();
      const layout = layersModelLayout(model);
      const {theta, state} = importParameters(readTensors('conv-net'), layout, rules);
      writeTrainableWeights(model, theta);
      const norm = model.getLayer('norm');
      tf.tidy(() => {
        const statistics = state.map(({data}) => tf.tensor1d(data));
        norm.setWeights([...norm.getWeights().slice(0, 2), ...statistics]);
      });
      const reference = referenceOf('conv-net', layout, rules);
      const count = reference.labels.length;
      const inputs = tf.tidy(() =>
        tf.transpose(tf.tensor4d(reference.inputs, [count, 2, 6, 6]), [0, 2, 3, 1]).dataSync(),
      );
      const xs = Float32Array.from(inputs);
      return {
        model,
        theta,
        reference,
        xs,
        objective: objectiveFromLayersModel(model, {inputs: xs, labels: reference.labels}),
      };
    }

    it('has the logits and the loss', async () => {
      const {model, theta, reference, xs, objective} = problem();
      const logits = model.predict(tf.tensor4d(xs, [reference.labels.length, 6, 6, 2])) as tf.Tensor;
      expect(disagreement(logits.dataSync(), reference.logits)).toBeLessThan(2e-6);
      const [loss = 0] = await objective.loss(theta);
      expect(Math.abs(loss / reference.loss - 1)).toBeLessThan(1e-5);
      expect(await readTrainableWeights(model)).toEqual(theta);
    });

    it('has the gradient, and by its differences the Hessian-vector product', async () => {
      const {theta, reference, objective} = problem();
      expect(disagreement(await objective.gradient?.(theta), reference.gradient)).toBeLessThan(5e-6);
      // Differences over 2h = 2e-3 keep four digits or so of gradients with seven; tanh is smooth enough for them.
      const product = await centralDifference(objective, theta, reference.vector, 1e-3);
      expect(disagreement(product, reference.product)).toBeLessThan(5e-4);
    });
  });
});
