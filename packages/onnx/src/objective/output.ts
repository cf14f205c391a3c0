import type {GraphNode, Model} from '../graph/graph.ts';
import {isRealType} from './element-types.ts';
import type {ValueInfo} from '../graph/value-info.ts';
import {type Place, invalid, listed, quoted} from '../protobuf/place.ts';

/** How an output of a model is looked at. */
export interface ModelOutput {
  /** The value of the graph that is taken: the output itself, or what its probabilities are made of. */
  readonly value: string;
  /** What makes probabilities of that value in the model, and is left out. */
  readonly leftOut: 'Softmax' | 'Sigmoid' | undefined;
}

/** The same, and the output itself. */
export interface Output extends ModelOutput {
  readonly info: ValueInfo;
}

/**
 * The output that is named, or the only one; where probabilities come out, the logits that they are made of, since no logarithm of a
 * probability in float32 is as good.
 *
 * @throws {InputError} where there is no such output, or one of another kind
 */
export function outputOf({graph, operators}: Model, name: string | undefined, place: Place): Output {
  const names = graph.outputs.map((output) => output.name);
  const info =
    name === undefined && names.length === 1
      ? graph.outputs[0]
      : graph.outputs.find((each) => each.name === name);
  if (info === undefined) {
    throw invalid(
      place,
      name === undefined ? 'one output' : `an output ${quoted(name)}`,
      listed(names),
      'name one of them by `output`',
    );
  }
  if (!isRealType(info.type)) {
    throw invalid(
      info.place,
      'an output of float32 or float64',
      info.type === 0 ? 'no tensor' : `${quoted(info.name)} of type ${info.type}`,
      'export the scores themselves; of scikit-learn, with zipmap=False',
    );
  }
  const producers = new Map(
    graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
  );
  const last = throughIdentities(info.name, producers);
  const node = producers.get(last);
  if (node?.operator !== 'Softmax' && node?.operator !== 'Sigmoid')
    return {info, value: info.name, leftOut: undefined};
  const [value = ''] = node.inputs;
  // Before version 13 of the operators, a Softmax that names no axis is over all from the second on.
  const axis = node.attributes.get('axis')?.integer ?? (operators < 13 ? 1 : -1);
  if (node.operator === 'Softmax' && axis !== -1 && axis !== (info.shape?.length ?? 0) - 1) {
    throw invalid(
      node.place,
      'probabilities over the last axis',
      `a Softmax over axis ${axis}`,
      'export the model without it',
    );
  }
  // Inputs and tensors can be no outputs of every runtime.
  if (!producers.has(value))
    throw invalid(
      node.place,
      'probabilities of what a layer gives',
      quoted(value),
      'export the model without them',
    );
  return {info, value, leftOut: node.operator};
}

/** Most copies of a value that are seen through. */
const MOST_COPIES = 100;

function throughIdentities(name: string, producers: ReadonlyMap<string, GraphNode>): string {
  let value = name;
  for (let i = 0; i < MOST_COPIES && producers.get(value)?.operator === 'Identity'; i++) {
    value = producers.get(value)?.inputs[0] ?? '';
  }
  return value;
}
