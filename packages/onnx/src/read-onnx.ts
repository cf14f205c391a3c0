import {type ParameterLayout, checkOptions, InputError, parameterLayout} from '@minefield/core';
import {checkNodes} from './check-nodes.ts';
import {type Graph, readModel} from './graph/graph.ts';
import type {ValueType} from './graph/value-info.ts';
import {DOUBLE, type ExternalFiles} from './graph/tensor.ts';
import {liftParameters} from './lift-parameters.ts';
import {type ModelOutput, outputOf} from './objective/output.ts';
import {type FixedTensor, type FoundParameters, findParameters} from './parameters/find-parameters.ts';
import {type Place, invalid, listed, onOneLine} from './protobuf/place.ts';

export interface ReadOnnxOptions {
  /** What errors call the model, such as the name of its file. Default `the model`. */
  readonly file?: string | undefined;
  /** Tensors that are parameters whatever uses them, by name. */
  readonly include?: readonly string[] | undefined;
  /** Parameters that are held fixed, by name. */
  readonly exclude?: readonly string[] | undefined;
  /** How many parameters there should be; another number is an error, which says what is tied and what is fixed. */
  readonly parameters?: number | undefined;
  /**
   * Copies of a tensor become parameters of their own. PyTorch's exporter writes tensors that are equal once, such as scales that
   * are still 1, and copies them; it does the same with parameters that are one. Default false.
   */
  readonly untie?: boolean | undefined;
  /** Which output is looked at. Default: the only one. */
  readonly output?: string | undefined;
  /** Files beside the model that hold its tensors, by the names that {@link externalFiles} finds. */
  readonly external?: ExternalFiles | undefined;
}

/** A parameter that several layers use. */
export interface TiedParameter {
  readonly name: string;
  /** Inputs of layers that it is. */
  readonly uses: number;
}

/** A model whose parameters are inputs. */
export interface OnnxModel {
  /** What errors call it. */
  readonly file: string;
  /** ONNX, for a runtime. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly layout: ParameterLayout;
  /** The weights that it came with, `[P]`. */
  readonly anchor: Float32Array;
  /** Numbers of the types of the parameters, in the order of the layout. */
  readonly types: readonly number[];
  /** What it takes besides. */
  readonly inputs: readonly ValueType[];
  readonly output: ModelOutput;
  readonly tied: readonly TiedParameter[];
  /** Tensors of floats that no direction moves, and why. */
  readonly fixed: readonly FixedTensor[];
  /** What a reader should know. */
  readonly notes: readonly string[];
}

/** Largest model. */
const MOST_BYTES = 2 ** 30;

/**
 * Reads an ONNX model, finds the tensors that are its parameters by the layers that use them, and makes inputs of them.
 *
 * Kernels of Conv, ConvTranspose, Gemm, MatMul, Einsum, Gather and recurrent layers, their biases, the scales and shifts of
 * normalizations and what is added to or multiplied with activations are parameters; running statistics, single numbers, masks
 * and whatever is done to the data themselves are not. Every tensor of floats that is none is listed in `fixed`.
 *
 * @throws {InputError} where the bytes are no such model, parameters are of half precision or not finite, there are none or another
 *   number than was expected, or the model draws numbers or trains as it is evaluated
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export function readOnnx(bytes: Uint8Array, options: ReadOnnxOptions = {}): OnnxModel {
  checkOptions('onnx.readOnnx', options, {
    file: true,
    include: true,
    exclude: true,
    parameters: true,
    untie: true,
    output: true,
    external: true,
  });
  const {include = [], exclude = [], untie = false, external = new Map()} = options;
  const place = placeOf(options.file);
  checkBytes(bytes, place);
  const model = readModel(bytes, place);
  const {graph} = model;
  checkNodes(graph);
  const found = findParameters(graph, {include, exclude, untie}, external, place);
  const {parameters, fixed} = found;
  const layout = parameterLayout(parameters.map(({spec}) => spec));
  const tied = parameters.filter(({uses}) => uses > 1).map(({spec, uses}) => ({name: spec.name, uses}));
  checkCount(layout.dimension, options.parameters, {found, tied, graph, place});
  const output = outputOf(model, options.output, place);
  const anchor = new Float32Array(layout.dimension);
  parameters.forEach(({values}, i) => anchor.set(values, layout.slices[i]?.offset ?? 0));
  const constants = new Set([
    ...graph.initializers.map(({tensor}) => tensor.name),
    ...parameters.map(({spec}) => spec.name),
  ]);
  const types = parameters.map(({tensor}) => tensor.type);
  return {
    file: place.file,
    bytes: liftParameters(model, parameters, output, external),
    layout,
    anchor,
    types,
    inputs: graph.inputs
      .filter(({name}) => !constants.has(name))
      .map(({name, type, shape}) => ({name, type, shape})),
    output: {value: output.value, leftOut: output.leftOut},
    tied,
    fixed,
    notes: notesOf(tied, fixed, output, types),
  };
}

/**
 * The files beside a model that hold tensors of it, by the names that it has for them: paths relative to its own folder, of which
 * none may be trusted.
 *
 * @throws {InputError} where the bytes are no model
 */
export function externalFiles(bytes: Uint8Array, file?: string): string[] {
  const place = placeOf(file);
  checkBytes(bytes, place);
  const {initializers, nodes} = readModel(bytes, place).graph;
  const tensors = [
    ...initializers.map(({tensor}) => tensor),
    ...nodes.flatMap(({attributes}) => Array.from(attributes.values(), ({tensor}) => tensor)),
  ];
  return [...new Set(tensors.flatMap((tensor) => tensor?.external?.location ?? []))];
}

function placeOf(file: string | undefined): Place {
  return {file: file === undefined ? 'the model' : onOneLine(file), field: ''};
}

function checkBytes(bytes: Uint8Array, place: Place): void {
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError(
      'onnx.readOnnx: expected the bytes of a model in a Uint8Array, got another value; make one of it',
    );
  }
  if (bytes.length <= MOST_BYTES) return;
  throw invalid(place, `at most ${MOST_BYTES} bytes`, `${bytes.length}`, 'measure it by an evaluator');
}

interface Finding {
  readonly found: FoundParameters;
  readonly tied: readonly TiedParameter[];
  readonly graph: Graph;
  readonly place: Place;
}

function checkCount(count: number, expected: number | undefined, {found, tied, graph, place}: Finding): void {
  if (expected === undefined || expected === count) return;
  const normalized = graph.nodes.some(({operator}) => operator.endsWith('Normalization'));
  const convolutional = graph.nodes.some(({operator}) => operator === 'Conv');
  const reasons = [
    ...(tied.length > 0
      ? [`tied are ${listed(tied.map(({name}) => name))}, which \`untie\` separates where they are copies`]
      : []),
    ...(found.fixed.length > 0 ? [`fixed are ${listed(found.fixed.map(({name}) => name))}`] : []),
    ...(convolutional && !normalized
      ? [
          'batch normalization was folded into convolutions, if there was any: PyTorch keeps it by training=TrainingMode.PRESERVE and do_constant_folding=False',
        ]
      : []),
  ];
  throw invalid(place, `${expected} parameters`, `${count}`, reasons.join('; ') || 'count them again');
}

function notesOf(
  tied: readonly TiedParameter[],
  fixed: readonly FixedTensor[],
  {leftOut}: ModelOutput,
  types: readonly number[],
): string[] {
  const held = fixed.filter(
    ({size, reason}) => size > 1 && reason !== 'a running statistic' && reason !== 'used by nothing',
  );
  const numbers = held.reduce((sum, {size}) => sum + size, 0);
  const excluded = held.every(({reason}) => reason === 'excluded');
  return [
    ...(tied.length > 0
      ? [
          `${listed(tied.map(({name}) => name))} ${tied.length === 1 ? 'is' : 'are'} used by several layers, which ${tied.length === 1 ? 'it moves' : 'they move'} together`,
        ]
      : []),
    ...(held.length > 0
      ? [
          `held fixed: ${listed(held.map(({name}) => name))}, ${numbers} numbers in all` +
            (excluded ? '' : ` (${held.map(({reason}) => reason).find((reason) => reason !== 'excluded')})`),
        ]
      : []),
    ...(leftOut === undefined ? [] : [`the loss is of what the last ${leftOut} of the model is given`]),
    ...(types.includes(DOUBLE) ? ['weights in float64 are rounded to float32'] : []),
  ];
}
