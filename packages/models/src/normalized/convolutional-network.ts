import {InputError, at} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {checkFloats} from '../checks.ts';
import type {LogitsPurpose, Model, RectifiedLayers} from '../model.ts';
import {
  type Architecture,
  BORDER,
  type NetworkParameters,
  type Unit,
  type UnitParameters,
  layoutOf,
  splitParameters,
  statisticsOf,
} from './architecture.ts';
import {type Moments, convolveFrozen} from './fold-unit.ts';
import {bytesPerExample, checkMemory} from './memory.ts';
import {normalizeBatch, normalizeBatchComposed, normalizedBatch} from './normalize-batch.ts';
import type {NormalizedModel} from './normalized-model.ts';
import {preActivationsOf, rectifiedUnits} from './rectified-units.ts';
import {varyLogits} from './varied-network.ts';

/** What a unit makes of images: one way while training, another with fixed statistics. */
type Compute = (images: tf.Tensor4D, unit: Unit, parameters: UnitParameters, index: number) => tf.Tensor4D;

/** The network of an architecture. TensorFlow.js has no grouped convolution, so K networks are evaluated one after another. */
export function convolutionalNetwork(architecture: Architecture): NormalizedModel {
  const {name, inputShape, classes: outputs} = architecture;
  const layout = layoutOf(architecture);
  const statistics = statisticsOf(architecture);
  const bytes = bytesPerExample(architecture);

  /** What `ofNetwork` makes of the parameters and the images of each network, stacked. */
  function stackNetworks<R extends tf.Rank>(
    thetas: tf.Tensor2D,
    inputs: tf.Tensor,
    ofNetwork: (parameters: NetworkParameters, images: tf.Tensor4D, k: number) => tf.Tensor,
  ): tf.Tensor<R> {
    const [networks] = thetas.shape;
    return tf.tidy(() => {
      const rows = networks === 1 ? [thetas] : tf.split<tf.Tensor2D>(thetas, networks, 0);
      const own = inputs.rank === 5 ? (tf.unstack(inputs, 0) as tf.Tensor4D[]) : undefined;
      return tf.stack(
        rows.map((row, k) =>
          tf.tidy(() => ofNetwork(splitParameters(row, layout), own?.[k] ?? (inputs as tf.Tensor4D), k)),
        ),
      ) as tf.Tensor<R>;
    });
  }

  function featuresOf({units}: NetworkParameters, images: tf.Tensor4D, compute: Compute): tf.Tensor4D {
    return architecture.features(images, {
      unit(x, index) {
        return tf.tidy(() => compute(x, at(architecture.units, index), at(units, index), index));
      },
      linear: (x, map) => map(x),
      rectifiedSum: (first, second) => tf.tidy(() => tf.relu(tf.add(first, second))),
    });
  }

  function logitsOf(parameters: NetworkParameters, images: tf.Tensor4D, compute: Compute): tf.Tensor2D {
    const pooled = tf.mean(featuresOf(parameters, images, compute), [1, 2]) as tf.Tensor2D;
    return tf.add(tf.matMul(pooled, parameters.kernel), parameters.bias);
  }

  /** A model whose network k computes its units by `computeOf(purpose, k)`. */
  function modelOf(
    modelName: string,
    computeOf: (purpose: LogitsPurpose, k: number, networks: number) => Compute,
  ): Model {
    return {
      name: modelName,
      layout,
      inputShape,
      outputs,
      bytesPerExample: bytes,
      logits(thetas, inputs, purpose = 'any') {
        const [networks] = thetas.shape;
        // What is never differentiated is dropped network by network; what may be twice is kept thrice.
        const kept = purpose === 'values' ? 1 : networks;
        checkMemory(name, at(inputs.shape, -4) * kept, bytes * (purpose === 'any' ? 3 : 1));
        return stackNetworks(thetas, inputs, (parameters, images, k) =>
          logitsOf(parameters, images, computeOf(purpose, k, networks)),
        );
      },
    };
  }

  function frozen(values: Float32Array): Model {
    checkFloats('models.frozen', 'statistics', values);
    const rows = values.length / statistics.dimension;
    if (rows < 1 || !Number.isInteger(rows)) {
      throw new InputError(
        `models.frozen: expected statistics [${statistics.dimension}] or [K, ${statistics.dimension}] for ${name}, ` +
          `got ${values.length} numbers; estimate them with estimateStatistics`,
      );
    }
    const fixed = values.slice();
    const momentsOf = (k: number, index: number): Moments => {
      const first = rows === 1 ? 0 : k * statistics.dimension;
      const moment = (place: number): tf.Tensor1D => {
        const {offset, size} = at(statistics.slices, place);
        return tf.tensor1d(fixed.subarray(first + offset, first + offset + size));
      };
      return {mean: moment(2 * index), variance: moment(2 * index + 1)};
    };
    const checkNetworks = (networks: number): void => {
      if (rows === 1 || rows === networks) return;
      throw new InputError(
        `models.frozen: expected ${rows} networks, one for each row of statistics, got ${networks}`,
      );
    };
    const model = modelOf(name, (_purpose, k, networks) => {
      checkNetworks(networks);
      return (images, unit, parameters, index) =>
        convolveFrozen(images, unit, parameters, momentsOf(k, index));
    });
    const rectified: RectifiedLayers = {
      units: rectifiedUnits(architecture),
      preActivations(thetas, inputs) {
        const [networks] = thetas.shape;
        checkMemory(name, at(inputs.shape, -4) * networks, bytes);
        return stackNetworks<tf.Rank.R3>(thetas, inputs, (parameters, images) =>
          preActivationsOf(architecture, parameters, (index) => momentsOf(0, index), images),
        );
      },
    };
    // One network at a time: rows of statistics are for several.
    if (rows > 1) return model;
    return {
      ...model,
      rectified,
      logitsAlong(theta, direction, inputs) {
        checkMemory(name, at(inputs.shape, 0), 3 * bytes);
        return tf.tidy(() => {
          const [parameters, along] = [splitParameters(theta, layout), splitParameters(direction, layout)];
          const moments = (index: number): Moments => momentsOf(0, index);
          return {...varyLogits(architecture, parameters, along, moments, inputs as tf.Tensor4D)};
        });
      },
    };
  }

  return {
    name,
    layout,
    inputShape,
    outputs,
    statistics,
    training: modelOf(`${name} in training`, (purpose) => {
      const normalize = purpose === 'any' ? normalizeBatchComposed : normalizeBatch;
      return (images, unit, {kernel, scale, shift}) =>
        normalize(tf.conv2d(images, kernel, unit.stride, BORDER), scale, shift, unit.rectified);
    }),
    frozen,
    batchMoments(thetas, inputs) {
      checkMemory(name, at(inputs.shape, -4), bytes);
      return stackNetworks<tf.Rank.R2>(thetas, inputs, (parameters, images) => {
        const moments: tf.Tensor[] = [];
        featuresOf(parameters, images, (x, unit, {kernel, scale, shift}) => {
          const convolved = tf.conv2d(x, kernel, unit.stride, BORDER);
          const {value, mean, variance} = normalizedBatch(convolved, scale, shift, unit.rectified);
          moments.push(tf.keep(mean), tf.keep(variance));
          return value;
        });
        const all = tf.concat(moments);
        tf.dispose(moments);
        return all;
      });
    },
  };
}
