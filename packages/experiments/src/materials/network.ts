import {InputError} from '@minefield/core';
import {type Model, type NormalizedModel, convNet, isNormalized, mlp, resNet} from '@minefield/models';
import {type DatasetSpec, type ModelSpec, pictureFormOf} from '@minefield/spec';

/** The network that a spec names, for its data: points of the plane in two classes, or pictures in ten. */
export function networkOf(spec: ModelSpec, dataset: DatasetSpec): Model | NormalizedModel {
  const {name, ...options} = spec;
  if (spec.name === 'mlp') return mlp({inputs: 2, hidden: spec.hidden, outputs: 1});
  return (name === 'conv-net' ? convNet : resNet)({...pictureFormOf(dataset), ...options});
}

/** A trained network as a pure function: its statistics, where it has any, are fixed. */
export function evaluatedNetwork(
  network: Model | NormalizedModel,
  statistics: Float32Array | null | undefined,
): Model {
  if (!isNormalized(network)) return network;
  if (!statistics) {
    throw new InputError(
      `experiments.evaluatedNetwork: expected statistics of batch normalisation for ${network.name}, got none`,
    );
  }
  return network.frozen(statistics);
}
