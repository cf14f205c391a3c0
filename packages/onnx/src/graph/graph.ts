/** A model as its nodes and tensors: ModelProto, GraphProto and NodeProto, as far as parameters are concerned. */
import {
  type Field,
  bytesIn,
  decodedText,
  fieldsNumbered,
  integerIn,
  integersIn,
  readFields,
  textIn,
} from '../protobuf/read-fields.ts';
import {type Place, invalid, quoted, within} from '../protobuf/place.ts';
import {type Tensor, readTensor} from './tensor.ts';
import {type ValueInfo, readValueInfo} from './value-info.ts';

/** Fields of ModelProto and of GraphProto. */
export const MODEL = {irVersion: 1, graph: 7, opset: 8, functions: 25};
export const GRAPH = {node: 1, initializer: 5, input: 11, output: 12, sparse: 15};
const OPSET = {domain: 1, version: 2};
const NODE = {input: 1, output: 2, operator: 4, attribute: 5, domain: 7};
const ATTRIBUTE = {name: 1, integer: 3, tensor: 5, graph: 6, integers: 8, graphs: 11};

export interface Attribute {
  readonly integer: number;
  readonly integers: readonly number[];
  readonly tensor: Tensor | undefined;
}

export interface GraphNode {
  /** The type of the operator; with its domain and a dot where that is not ONNX's own. */
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** What If, Loop and Scan run. */
  readonly subgraphs: readonly Graph[];
  /** As it stands in its graph. */
  readonly field: Field;
  readonly place: Place;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  /** With the fields that they stand in. */
  readonly initializers: readonly {readonly tensor: Tensor; readonly field: Field}[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly fields: readonly Field[];
}

export interface Model {
  /** Version of ONNX's own operators. */
  readonly operators: number;
  readonly fields: readonly Field[];
  readonly graphField: Field;
  readonly graph: Graph;
}

/** How deep graphs may stand in graphs. */
const DEEPEST = 8;

/** @throws {InputError} where the bytes are no model, or one of a kind that is not measured */
export function readModel(bytes: Uint8Array, place: Place): Model {
  const fields = readFields(bytes, place);
  const graphs = fieldsNumbered(fields, MODEL.graph);
  const [graphField] = graphs;
  if (graphField === undefined || graphs.length > 1) {
    throw invalid(place, 'a model with one graph', `${graphs.length}`);
  }
  if (fieldsNumbered(fields, MODEL.irVersion).length === 0) {
    throw invalid(within(place, 'ir_version'), 'the version of the format', 'none');
  }
  if (fieldsNumbered(fields, MODEL.functions).length > 0) {
    throw invalid(
      within(place, 'functions'),
      'a model without functions of its own',
      'some',
      'have them put where they are used: onnx.inliner.inline_local_functions',
    );
  }
  const here = within(place, 'graph');
  return {
    operators: operatorsIn(fields, within(place, 'opset_import')),
    fields,
    graphField,
    graph: readGraph(bytesIn(graphField, here), here, 0),
  };
}

/** @throws {InputError} where the model names no version of them */
function operatorsIn(fields: readonly Field[], place: Place): number {
  const sets = fieldsNumbered(fields, MODEL.opset).map((field) => readFields(bytesIn(field, place), place));
  const own = sets.find((set) => ['', 'ai.onnx'].includes(textIn(set, OPSET.domain, 'domain', place)));
  if (own) return integerIn(own, OPSET.version, 0, within(place, 'version'));
  throw invalid(place, 'a version of the operators of ONNX', 'none');
}

function readGraph(message: Uint8Array, place: Place, depth: number): Graph {
  if (depth > DEEPEST) throw invalid(place, `at most ${DEEPEST} graphs in one another`, 'more');
  const fields = readFields(message, place);
  if (fieldsNumbered(fields, GRAPH.sparse).length > 0) {
    throw invalid(within(place, 'sparse_initializer'), 'dense tensors', 'a sparse one', 'export it dense');
  }
  const each = <T>(
    number: number,
    name: string,
    read: (message: Uint8Array, place: Place, field: Field) => T,
  ): T[] =>
    fieldsNumbered(fields, number).map((field, i) => {
      const here = within(place, `${name}[${i}]`);
      return read(bytesIn(field, here), here, field);
    });
  return {
    nodes: each(GRAPH.node, 'node', (bytes, here, field) => readNode(bytes, here, field, depth)),
    initializers: each(GRAPH.initializer, 'initializer', (bytes, here, field) => ({
      tensor: readTensor(bytes, here),
      field,
    })),
    inputs: each(GRAPH.input, 'input', readValueInfo),
    outputs: each(GRAPH.output, 'output', readValueInfo),
    fields,
  };
}

function readNode(message: Uint8Array, place: Place, field: Field, depth: number): GraphNode {
  const fields = readFields(message, place);
  const names = (number: number, name: string): string[] =>
    fieldsNumbered(fields, number).map((each) => decodedText(each, within(place, name)));
  const domain = textIn(fields, NODE.domain, 'domain', place);
  const type = textIn(fields, NODE.operator, 'op_type', place);
  const attributes = new Map<string, Attribute>();
  const subgraphs: Graph[] = [];
  fieldsNumbered(fields, NODE.attribute).forEach((each, i) => {
    const here = within(place, `attribute[${i}]`);
    const parts = readFields(bytesIn(each, here), here);
    const name = textIn(parts, ATTRIBUTE.name, 'name', here);
    if (attributes.has(name)) throw invalid(here, 'attributes of different names', `${quoted(name)} twice`);
    const tensor = fieldsNumbered(parts, ATTRIBUTE.tensor).at(-1);
    attributes.set(name, {
      integer: integerIn(parts, ATTRIBUTE.integer, 0, within(here, 'i')),
      integers: integersIn(parts, ATTRIBUTE.integers, within(here, 'ints')),
      tensor: tensor && readTensor(bytesIn(tensor, within(here, 't')), within(here, 't')),
    });
    for (const graph of [
      ...fieldsNumbered(parts, ATTRIBUTE.graph),
      ...fieldsNumbered(parts, ATTRIBUTE.graphs),
    ]) {
      subgraphs.push(readGraph(bytesIn(graph, within(here, 'g')), within(here, 'g'), depth + 1));
    }
  });
  return {
    operator: domain === '' || domain === 'ai.onnx' ? type : `${domain}.${type}`,
    inputs: names(NODE.input, 'input'),
    outputs: names(NODE.output, 'output'),
    attributes,
    subgraphs,
    field,
    place,
  };
}
