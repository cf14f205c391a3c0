import {type ParameterLayout, type ParameterSpec, InputError, parameterLayout} from '@minefield/core';
import {
  type LayersModelLayer,
  type LayersModelLike,
  type LayersModelWeight,
  trainableWeightsOf,
} from './layers-model.ts';

/**
 * What each stretch of the flat vector of a model's trainable weights means. Slices are named and ordered as the model's
 * weights are; a name that occurs again gets a number.
 *
 * Filters are output units: columns of dense and recurrent kernels (of these, each gate of each unit), output channels of
 * convolutions, transposed or not, input channels of depthwise kernels `[height, width, in, multiplier]`, and rows of
 * embeddings, one vector each. `gamma` and `alpha` (of PReLU) are scales, `beta` is a shift. Weights of other names are
 * kernels where they have two axes or more, the last indexing filters, and biases otherwise.
 *
 * @throws {RangeError} when the model has no trainable weights, or is not built
 */
export function layersModelLayout(model: LayersModelLike): ParameterLayout {
  const transposed = weightsOfTransposedConvolutions(model.layers);
  const counts = new Map<string, number>();
  const specs = trainableWeightsOf('layersModelLayout', model).map((weight): ParameterSpec => {
    const count = (counts.get(weight.originalName) ?? 0) + 1;
    counts.set(weight.originalName, count);
    const name = count === 1 ? weight.originalName : `${weight.originalName}_${count}`;
    const shape = knownShape(weight);
    return {name, shape, ...meaningOf(weight.originalName, shape.length, transposed.has(weight))};
  });
  return parameterLayout(specs);
}

function knownShape({originalName, shape}: LayersModelWeight): number[] {
  const known = shape.filter((length) => length !== null);
  if (known.length === shape.length) return known;
  throw new InputError(
    `models.layersModelLayout: expected weights of known shape, got [${shape.map((length) => length ?? 'n')}] of "${originalName}"; ` +
      'build the model first',
  );
}

function meaningOf(
  name: string,
  rank: number,
  transposed: boolean,
): Pick<ParameterSpec, 'role' | 'filterAxis'> {
  switch (name.slice(name.lastIndexOf('/') + 1)) {
    case 'kernel':
      return {role: 'kernel', filterAxis: transposed ? rank - 2 : rank - 1};
    case 'depthwise_kernel':
      return {role: 'kernel', filterAxis: rank - 2};
    case 'embeddings':
      return {role: 'kernel', filterAxis: 0};
    case 'gamma':
    case 'alpha':
      return {role: 'scale'};
    case 'beta':
      return {role: 'shift'};
    case 'bias':
      return {role: 'bias'};
    default:
      return {role: rank >= 2 ? 'kernel' : 'bias'};
  }
}

/** Their kernels are `[...field, out, in]`. Layers are looked for in nested models and in wrappers, too. */
function weightsOfTransposedConvolutions(layers: readonly LayersModelLayer[]): Set<LayersModelWeight> {
  const found = new Set<LayersModelWeight>();
  const visit = (layer: NestingLayer): void => {
    layer.layers?.forEach(visit);
    if (layer.layer !== undefined) visit(layer.layer);
    if (/^Conv\dDTranspose$/.test(layer.getClassName())) {
      layer.trainableWeights?.forEach((weight) => found.add(weight));
    }
  };
  layers.forEach(visit);
  return found;
}

/** A layer, with what models (`layers`) and wrappers (`layer`) add to it. */
interface NestingLayer extends LayersModelLayer {
  readonly layers?: readonly NestingLayer[];
  readonly layer?: NestingLayer;
  readonly trainableWeights?: readonly LayersModelWeight[];
}
