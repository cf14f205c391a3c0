import {type ParameterSpec, nearestWord} from '@minefield/core';
import type {Graph, GraphNode} from '../graph/graph.ts';
import {type ExternalFiles, type Tensor, floatsOf, isFloat, isHalf} from '../graph/tensor.ts';
import type {Field} from '../protobuf/read-fields.ts';
import {type Place, invalid, listed, quoted} from '../protobuf/place.ts';
import {UseTracer} from './trace-uses.ts';

/** Which tensors are parameters, where that is not to be told by what uses them. */
export interface Choice {
  /** Tensors that are parameters whatever uses them. */
  readonly include: readonly string[];
  /** Tensors that stay as they are. */
  readonly exclude: readonly string[];
  /** Whether copies of a tensor, by an Identity, are parameters of their own. */
  readonly untie: boolean;
}

export interface Parameter {
  readonly spec: ParameterSpec;
  readonly tensor: Tensor;
  readonly values: Float32Array;
  /** The initializer or the node of the graph whose place an input takes. */
  readonly field: Field;
  /** Inputs of layers that it is used in. */
  readonly uses: number;
}

/** A tensor of floats that stays as it is. */
export interface FixedTensor {
  readonly name: string;
  /** Number of entries. */
  readonly size: number;
  readonly reason: string;
}

export interface FoundParameters {
  readonly parameters: readonly Parameter[];
  readonly fixed: readonly FixedTensor[];
}

/** A tensor, the name that nodes know it by, and where it comes from. */
interface Candidate {
  readonly name: string;
  readonly tensor: Tensor;
  readonly field: Field;
}

/** Most tensors of floats in a model. */
const MOST_TENSORS = 65_536;

/** How many tensors may share a byte beside the model, on average. */
const MOST_TIED = 4;

/**
 * The tensors of floats that are weights of layers, in the order of the file, and those that are not.
 *
 * @throws {InputError} where there is none, one is of half precision or not finite, or a name is of none
 */
export function findParameters(
  graph: Graph,
  choice: Choice,
  files: ExternalFiles,
  place: Place,
): FoundParameters {
  const candidates = candidatesIn(graph, choice, place);
  const names = new Set(candidates.map(({name}) => name));
  for (const name of [...choice.include, ...choice.exclude]) {
    if (names.has(name)) continue;
    const near = nearestWord(name, [...names]);
    throw invalid(
      place,
      `a tensor of floats named ${quoted(name)}`,
      listed([...names]),
      near === undefined ? 'name one' : `did you mean ${quoted(near)}?`,
    );
  }
  const constants = new Set(graph.initializers.map(({tensor}) => tensor.name));
  const data = graph.inputs.map(({name}) => name).filter((name) => !constants.has(name));
  const tracer = new UseTracer(graph, data, names, place);
  const parameters: Parameter[] = [];
  const fixed: FixedTensor[] = [];
  const read = readerOf(files, place);
  for (const {name, tensor, field} of candidates) {
    let numbers: Float32Array | undefined;
    const values = (): Float32Array => (numbers ??= read(tensor));
    const {meaning, reason, count} = tracer.follow({...tensor, name}, values);
    const chosen = meaning ?? (choice.include.includes(name) ? {role: roleOf(tensor)} : undefined);
    if (!chosen || choice.exclude.includes(name) || tensor.size === 0) {
      fixed.push({name, size: tensor.size, reason: chosen ? 'excluded' : reason});
      continue;
    }
    if (isHalf(tensor)) {
      throw invalid(
        tensor.place,
        'parameters of float32 or float64',
        `${quoted(name)} of half precision`,
        'it moves in steps, which no search along a ray can use: export the model in float32',
      );
    }
    const {role, filterAxis} = chosen;
    parameters.push({
      spec: {
        name,
        shape: tensor.shape,
        role: role === 'kernel' && tensor.shape.length === 0 ? 'bias' : role,
        ...(role === 'kernel' && typeof filterAxis === 'number' && {filterAxis}),
      },
      tensor,
      values: finite(name, values(), tensor.place),
      field,
      uses: Math.max(1, count),
    });
  }
  if (parameters.length > 0) return {parameters, fixed};
  throw invalid(place, 'weights of layers as float tensors', listed([...names]), whyNone(graph));
}

/** Reads tensors, which may name stretches of a file more than once, as tied weights do, but not many times over. */
function readerOf(files: ExternalFiles, place: Place): (tensor: Tensor) => Float32Array {
  const there = [...files.values()].reduce((sum, {length}) => sum + length, 0);
  let taken = 0;
  return (tensor) => {
    if (!isFloat(tensor)) return new Float32Array();
    const values = floatsOf(tensor, files);
    if (tensor.external) taken += values.byteLength;
    if (taken <= MOST_TIED * there) return values;
    throw invalid(
      place,
      `tensors of at most ${MOST_TIED * there} bytes from the files beside it`,
      'more',
      'save the model anew',
    );
  };
}

function candidatesIn(graph: Graph, {untie}: Choice, place: Place): Candidate[] {
  const found: Candidate[] = [];
  const known = new Map<string, Tensor>();
  const add = (name: string, tensor: Tensor, field: Field): void => {
    if (known.has(name)) throw invalid(tensor.place, 'tensors of different names', `${quoted(name)} twice`);
    known.set(name, tensor);
    if (isFloat(tensor) || isHalf(tensor)) found.push({name, tensor, field});
    if (found.length > MOST_TENSORS)
      throw invalid(place, `at most ${MOST_TENSORS} tensors of floats`, 'more');
  };
  for (const {tensor, field} of graph.initializers) add(tensor.name, tensor, field);
  for (const node of graph.nodes) {
    const [name = ''] = node.outputs;
    const tensor = tensorOf(node, untie ? known : new Map());
    if (tensor && name !== '') add(name, tensor, node.field);
  }
  return found;
}

/** What a node holds, or copies, without any other input. */
function tensorOf(
  {operator, attributes, inputs}: GraphNode,
  known: ReadonlyMap<string, Tensor>,
): Tensor | undefined {
  if (operator === 'Constant') return attributes.get('value')?.tensor;
  return operator === 'Identity' ? known.get(inputs[0] ?? '') : undefined;
}

function roleOf({shape}: Tensor): 'kernel' | 'bias' {
  return shape.length >= 2 ? 'kernel' : 'bias';
}

function finite(name: string, values: Float32Array, place: Place): Float32Array {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index === -1) return values;
  throw invalid(
    place,
    'finite weights',
    `${values[index]} in ${quoted(name)}`,
    'the training diverged, or it is no parameter: exclude it',
  );
}

function whyNone({nodes}: Graph): string {
  const operators = new Set(nodes.map(({operator}) => operator));
  if (
    ['DequantizeLinear', 'QLinearMatMul', 'QLinearConv', 'MatMulInteger'].some((name) => operators.has(name))
  ) {
    return 'it is quantized: export it before that, in float32';
  }
  if ([...operators].some((name) => name.startsWith('ai.onnx.ml.'))) {
    return 'its layers are of ai.onnx.ml, which keep their weights to themselves: measure it by an evaluator';
  }
  return 'name some by `include`';
}
