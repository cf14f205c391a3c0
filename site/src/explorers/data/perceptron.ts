import type {ModelSpec} from '@minefield/spec';

/**
 * Units of each hidden layer, where the network is one that the engine of the explorers makes again: a perceptron of ReLUs with
 * biases. null for any other, of which it would draw another function.
 */
export function drawableHidden(model: ModelSpec): readonly number[] | null {
  if (model.name !== 'mlp') return null;
  const {hidden, activation = 'relu', bias = true} = model;
  return activation === 'relu' && bias ? hidden : null;
}
