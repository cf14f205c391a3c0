import type {Graph, GraphNode} from './graph/graph.ts';
import {invalid, quoted} from './protobuf/place.ts';

/** Operators that draw anew with each evaluation. */
const RANDOM = [
  'RandomNormal',
  'RandomUniform',
  'RandomNormalLike',
  'RandomUniformLike',
  'Bernoulli',
  'Multinomial',
];

/**
 * @throws {InputError} where the loss would not be a function of the parameters alone, parameters stand in a subgraph, or two values
 *   have one name
 */
export function checkNodes(graph: Graph): void {
  const names = new Set(graph.initializers.map(({tensor}) => tensor.name));
  for (const {name} of graph.inputs) names.add(name);
  checkEach(graph, names, true);
}

/** @param taken names of values that no node may have for its own */
function checkEach(graph: Graph, taken: Set<string>, outermost: boolean): void {
  for (const node of graph.nodes) {
    const {operator, place, subgraphs, outputs} = node;
    for (const name of outputs) {
      if (name === '') continue;
      if (taken.has(name)) throw invalid(place, 'values of different names', `${quoted(name)} twice`);
      // Branches of a condition may have values of one name.
      if (outermost) taken.add(name);
    }
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
      checkEach(subgraph, taken, false);
    }
  }
}

function trains({operator, attributes, outputs}: GraphNode): boolean {
  if (operator !== 'BatchNormalization') return false;
  // Before operator set 14, only the moments among the outputs tell.
  return attributes.get('training_mode')?.integer === 1 || outputs.filter((name) => name !== '').length > 1;
}
