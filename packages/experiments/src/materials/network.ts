import {InputError} from '@minefield/core';
import {type Model, type NormalizedModel, convNet, isNormalized, mlp, resNet} from '@minefield/models';
import {type DatasetSpec, type ModelName, type ModelOf, type ModelSpec, pictureFormOf} from '@minefield/spec';

/** How each network that specs know is made, for points of the plane in two classes, or for pictures. */
const builders: {readonly [Name in ModelName]: Builder<Name>} = {
  mlp: ({name: _only, ...options}) => mlp({inputs: 2, outputs: 1, ...options}),
  'conv-net': ({name: _only, ...options}, dataset) => convNet({...pictureFormOf(dataset), ...options}),
  'res-net': ({name: _only, ...options}, dataset) => resNet({...pictureFormOf(dataset), ...options}),
};

type Builder<Name extends ModelName> = (spec: ModelOf<Name>, dataset: DatasetSpec) => Model | NormalizedModel;

/** The network that a spec names, for its data: points of the plane in two classes, or pictures in ten. */
export function networkOf<Spec extends ModelSpec>(spec: Spec, dataset: DatasetSpec): Model | NormalizedModel {
  // The table pairs each name with the builder of that very network, which an index by a union cannot say.
  const build = builders[spec.name] as unknown as Builder<Spec['name']>;
  return build(spec as never, dataset);
}

/** A trained network as a pure function: its statistics, where it has any, are fixed. */
export function evaluatedNetwork(
  network: Model | NormalizedModel,
  statistics: Float32Array | null | undefined,
): Model {
  if (!isNormalized(network)) return network;
  if (!statistics) {
    throw new InputError(
      `experiments.evaluatedNetwork: expected statistics of batch normalization for ${network.name}, got none`,
    );
  }
  return network.frozen(statistics);
}
