import type {Graph, GraphNode} from './graph/graph.ts';
import {invalid} from './protobuf/place.ts';

/** Operators that draw anew with each evaluation. */
const RANDOM = [
  'RandomNormal',
  'RandomUniform',
  'RandomNormalLike',
  'RandomUniformLike',
  'Bernoulli',
  'Multinomial',
];

/** @throws {InputError} where the loss would not be a function of the parameters alone, or parameters stand in a subgraph */
export function checkNodes(graph: Graph): void {
  for (const node of graph.nodes) {
    const {operator, place, subgraphs} = node;
    if (RANDOM.includes(operator)) {
      throw invalid(place, 'a model without randomness', operator, 'export it in evaluation mode');
    }
    if (trains(node)) {
      throw invalid(
        place,
        'a model that does not train as it is evaluated',
        `${operator} in training mode`,
        'export it in evaluation mode; PyTorch keeps batch normalization by TrainingMode.PRESERVE of a model in eval()',
      );
    }
    for (const subgraph of subgraphs) {
      if (subgraph.initializers.length > 0) {
        throw invalid(
          place,
          'subgraphs without tensors of their own',
          `${subgraph.initializers.length} in ${operator}`,
          'export a model without conditions and loops, or measure it by an evaluator',
        );
      }
      checkNodes(subgraph);
    }
  }
}

function trains({operator, attributes, outputs}: GraphNode): boolean {
  if (operator !== 'BatchNormalization') return false;
  // Before operator set 14, only the moments among the outputs tell.
  return attributes.get('training_mode')?.integer === 1 || outputs.filter((name) => name !== '').length > 1;
}
