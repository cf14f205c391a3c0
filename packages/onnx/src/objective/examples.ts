import {InputError} from '@minefield/core';
import type {ValueType} from '../graph/value-info.ts';
import {listed, quoted} from '../protobuf/place.ts';
import {type FedArray, type FedType, fedArray, fedType} from './element-types.ts';

/** Numbers in a shape, row-major; a tensor of `@minefield/safetensors` is one. */
export interface NumberTensor {
  /** `[n, ...]`: one row for each example. */
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | ArrayLike<bigint>;
}

export interface OnnxExamples {
  /** What the model takes: by the names of its inputs where there are several. */
  readonly inputs: NumberTensor | Readonly<Record<string, NumberTensor>>;
  /** Classes `[n, ...]`, or targets of the outputs' shape for squared errors. */
  readonly labels: NumberTensor;
}

/** One input of a model with the examples for it. */
export interface Input {
  readonly name: string;
  readonly type: FedType;
  /** Of one example. */
  readonly shape: readonly number[];
  /** Numbers in it. */
  readonly width: number;
  /** `[n, ...shape]`. */
  readonly data: FedArray;
}

export interface Examples {
  readonly count: number;
  readonly inputs: readonly Input[];
  /** How many examples the model takes at once, where it takes no other number. */
  readonly fixedBatch: number | undefined;
}

/** Most examples. */
const MOST_EXAMPLES = 10_000_000;

/** Most numbers that are fed at once: as many as a tensor of a model may have. */
const MOST_FED = 2 ** 28;

export function refusal(expected: string, got: string, remedy: string): InputError {
  return new InputError(`onnx.onnxObjective: expected ${expected}, got ${got}; ${remedy}`);
}

/** @throws {InputError} where examples are missing, misshapen, or no numbers of the type that the model takes */
export function examplesFor(
  infos: readonly ValueType[],
  given: OnnxExamples['inputs'],
  file: string,
): Examples {
  const names = infos.map(({name}) => name);
  const tensors = byName(given, names, file);
  const inputs = infos.map((info) => inputFrom(info, tensors[info.name], file));
  const [first] = inputs;
  if (!first)
    throw refusal(`a model with an input in ${file}`, 'one that takes nothing', 'export it with its input');
  const count = tensors[first.name]?.shape[0] ?? 0;
  const other = inputs.find(({name}) => tensors[name]?.shape[0] !== count);
  if (other)
    throw refusal(
      `${count} examples for every input`,
      `${tensors[other.name]?.shape[0]} of ${quoted(other.name)}`,
      'give as many',
    );
  if (count < 1 || count > MOST_EXAMPLES)
    throw refusal(`1 to ${MOST_EXAMPLES} examples`, `${count}`, 'give some');
  const batches = new Set(infos.map(({shape}) => shape?.[0] ?? undefined));
  const fixed = [...batches].filter((batch) => batch !== undefined);
  if (fixed.length > 1)
    throw refusal(
      `inputs of one number of examples in ${file}`,
      fixed.join(' and '),
      'export it with a free first axis',
    );
  const [fixedBatch] = fixed;
  const width = inputs.reduce((sum, input) => sum + input.width, 0);
  if (fixedBatch !== undefined && fixedBatch * width > MOST_FED)
    throw refusal(
      `a model of at most ${MOST_FED} numbers a batch in ${file}`,
      `${fixedBatch} examples of ${width} numbers, however few there are`,
      'export it with a free first axis',
    );
  return {count, inputs, fixedBatch};
}

function byName(
  given: OnnxExamples['inputs'],
  names: readonly string[],
  file: string,
): Readonly<Record<string, NumberTensor>> {
  if (isTensor(given)) {
    const [name, ...others] = names;
    if (name !== undefined && others.length === 0) return {[name]: given};
    throw refusal(
      `inputs by name for ${file}, which takes ${listed(names)}`,
      'one tensor',
      'give a record of them',
    );
  }
  const missing = names.find((name) => !Object.hasOwn(given, name));
  if (missing !== undefined)
    throw refusal(
      `an input ${quoted(missing)} for ${file}`,
      listed(Object.keys(given)),
      'name each of the model’s',
    );
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined)
    throw refusal(`inputs that ${file} takes: ${listed(names)}`, quoted(stray), 'leave it out');
  return given;
}

function isTensor(given: OnnxExamples['inputs']): given is NumberTensor {
  return Array.isArray(given.shape) && 'data' in given;
}

function inputFrom(
  {name, type: number, shape: wanted}: ValueType,
  tensor: NumberTensor | undefined,
  file: string,
): Input {
  const type = fedType(number);
  if (type === undefined) {
    throw refusal(
      `inputs of numbers of 32 or 64 bits, or bytes, in ${file}`,
      number === 0 ? `no tensor for ${quoted(name)}` : `type ${number} for ${quoted(name)}`,
      'export the model with another input, or measure it by an evaluator',
    );
  }
  const {shape, data} = tensor ?? {shape: [], data: []};
  if (shape.length === 0 || shape.reduce((product, length) => product * length, 1) !== data.length) {
    throw refusal(
      `inputs [n, ...] for ${quoted(name)}`,
      `[${shape}] of ${data.length} numbers`,
      'give a shape that holds them',
    );
  }
  const fits =
    wanted === undefined ||
    (wanted.length === shape.length &&
      wanted.every((length, axis) => axis === 0 || length === null || length === shape[axis]));
  if (!fits) {
    const form = wanted?.map((length, axis) => (axis === 0 ? 'n' : (length ?? '?'))).join(', ');
    throw refusal(
      `inputs [${form}] for ${quoted(name)} of ${file}`,
      `[${shape}]`,
      'reshape them for this model',
    );
  }
  const [count = 0, ...each] = shape;
  return {name, type, shape: each, width: data.length / count, data: numbersOf(type, data, name)};
}

/** @throws {InputError} where a number is none of the type, or not finite */
function numbersOf(type: FedType, data: NumberTensor['data'], name: string): FedArray {
  const wrong = (i: number): InputError =>
    refusal(
      `numbers of ${type} for ${quoted(name)}`,
      `${data[i]} at entry ${i}`,
      'give those that the model takes',
    );
  const out = fedArray(type, data.length);
  if (out instanceof BigInt64Array) {
    for (let i = 0; i < data.length; i++) {
      const value = data[i];
      if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw wrong(i);
      out[i] = BigInt(value ?? 0);
    }
    return out;
  }
  for (let i = 0; i < data.length; i++) {
    const value = Number(data[i]);
    out[i] = value;
    const right = type.startsWith('float') ? Number.isFinite(out[i]) : out[i] === value;
    if (!right || (type === 'bool' && value > 1)) throw wrong(i);
  }
  return out;
}
