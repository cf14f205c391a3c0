/** Models of a few nodes, byte by byte as the format has them. */
import {bytesField, integerField, joined, textField} from '../src/protobuf/write-fields.ts';

export type Parts = readonly Uint8Array[];

type Attributes = Readonly<
  Record<string, number | readonly number[] | {readonly tensor: Parts} | {readonly graph: Parts}>
>;

export interface ModelParts {
  readonly nodes?: readonly Parts[];
  readonly tensors?: readonly Parts[];
  readonly inputs?: readonly Parts[];
  readonly outputs?: readonly Parts[];
  /** Version of the operators. Default 17. */
  readonly operators?: number;
  /** Fields of the graph and of the model besides. */
  readonly graphFields?: Parts;
  readonly modelFields?: Parts;
}

export function makeModel(parts: ModelParts): Uint8Array {
  return joined([
    ...integerField(1, 8),
    ...bytesField(8, ...textField(1, ''), ...integerField(2, parts.operators ?? 17)),
    ...(parts.modelFields ?? []),
    ...bytesField(7, ...graphOf(parts)),
  ]);
}

export function graphOf({
  nodes = [],
  tensors = [],
  inputs = [],
  outputs = [],
  graphFields = [],
}: ModelParts): Parts {
  return [
    ...nodes.flatMap((node) => bytesField(1, ...node)),
    ...textField(2, 'graph'),
    ...tensors.flatMap((tensor) => bytesField(5, ...tensor)),
    ...inputs.flatMap((input) => bytesField(11, ...input)),
    ...outputs.flatMap((output) => bytesField(12, ...output)),
    ...graphFields,
  ];
}

export function makeNode(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Attributes = {},
  domain = '',
): Parts {
  return [
    ...inputs.flatMap((name) => textField(1, name)),
    ...outputs.flatMap((name) => textField(2, name)),
    ...textField(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      bytesField(5, ...textField(1, name), ...attribute(value)),
    ),
    ...(domain === '' ? [] : textField(7, domain)),
  ];
}

/** Fields of the value and the type of an attribute. */
function attribute(value: Attributes[string]): Parts {
  if (typeof value === 'number') return [...signedField(3, value), ...integerField(20, 2)];
  if ('tensor' in value) return [...bytesField(5, ...value.tensor), ...integerField(20, 4)];
  if ('graph' in value) return [...bytesField(6, ...value.graph), ...integerField(20, 5)];
  return [...value.flatMap((item) => signedField(8, item)), ...integerField(20, 7)];
}

/** As the format has whole numbers below 0: ten bytes in two's complement. */
function signedField(number: number, value: number): Parts {
  if (value >= 0) return integerField(number, value);
  const bits = BigInt.asUintN(64, BigInt(value));
  const bytes = Array.from(
    {length: 10},
    (_, i) => Number((bits >> BigInt(7 * i)) & 0x7fn) | (i < 9 ? 0x80 : 0),
  );
  return [Uint8Array.of(number * 8), Uint8Array.from(bytes)];
}

/** A tensor of float32 in raw bytes, or of another type with the fields that hold it. */
export function makeTensor(
  name: string,
  shape: readonly number[],
  values: Parts | readonly number[],
  type = 1,
): Parts {
  const held = values.every((value) => typeof value === 'number')
    ? bytesField(9, new Uint8Array(Float32Array.from(values).buffer))
    : (values as Parts);
  return [
    ...shape.flatMap((length) => integerField(1, length)),
    ...integerField(2, type),
    ...textField(8, name),
    ...held,
  ];
}

/** Of float32 unless another type is given; null is a length that is not fixed. */
export function makeValue(name: string, shape: readonly (number | null)[], type = 1): Parts {
  const dims = shape.flatMap((length) =>
    bytesField(1, ...(length === null ? textField(2, 'n') : integerField(1, length))),
  );
  return [
    ...textField(1, name),
    ...bytesField(2, ...bytesField(1, ...integerField(1, type), ...bytesField(2, ...dims))),
  ];
}

export const floats = (count: number): number[] => Array.from({length: count}, (_, i) => Math.sin(i + 1));

/** Two inputs, one output, with weights `[2, 1]` and a bias. */
export const smallModel: ModelParts = {
  nodes: [makeNode('MatMul', ['x', 'w'], ['y']), makeNode('Add', ['y', 'b'], ['z'])],
  tensors: [makeTensor('w', [2, 1], [1, 2]), makeTensor('b', [1], [0.5])],
  inputs: [makeValue('x', [null, 2])],
  outputs: [makeValue('z', [null, 1])],
};

/** A model that gives y of x, which has four axes. */
export function modelOf(
  nodes: readonly Parts[],
  tensors: readonly Parts[],
  more: ModelParts = {},
): Uint8Array {
  return makeModel({
    nodes,
    tensors,
    inputs: [makeValue('x', [null, 2, 4, 4])],
    outputs: [makeValue('y', [null, 3])],
    ...more,
  });
}

export const weights = (shape: readonly number[], name = 'w'): Parts =>
  makeTensor(name, shape, floats(shape.reduce((a, b) => a * b, 1)));
