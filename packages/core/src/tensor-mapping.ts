/** Where the tensors of a checkpoint that another program wrote go in a flat parameter vector, and how their axes lie. */
import {at} from './at.ts';
import type {ParameterLayout, ParameterSlice} from './parameter-layout.ts';
import {InputError} from './input-error.ts';

/** A tensor that becomes a slice of θ. */
export interface ParameterRule {
  readonly tensor: string;
  /** Name of the slice. */
  readonly slice: string;
  /**
   * The tensor's axes in the order in which the slice stores them: `[1, 0]` turns `[out, in]` into `[in, out]`. Default: as
   * they are.
   */
  readonly axes?: readonly number[];
  /**
   * The tensor's shape, where an axis is to be taken apart before axes are reordered: `[10, [8, 4, 4]]` is a tensor
   * `[10, 128]` of the four axes 10, 8, 4 and 4. One axis may be null: as long as the slice's size demands. Each axis of the
   * slice is one or more of these in turn, once they are reordered. Default: what the slice's shape and `axes` imply.
   */
  readonly shape?: readonly (number | null | readonly number[])[];
}

/** A tensor that is no parameter: a batch-norm statistic, which is kept apart, or a counter that nothing needs. */
export interface StateRule {
  readonly tensor: string;
  /** Name under which its numbers are handed over; null where it is left out. */
  readonly state: string | null;
}

export type TensorRule = ParameterRule | StateRule;

/** What one rule does, with every default filled in and checked. */
export interface PlacedTensor {
  readonly tensor: string;
  readonly slice: ParameterSlice;
  /** Of the tensor in the file. */
  readonly shape: readonly number[];
  /** For each entry of the slice, in order, the index of its entry in the tensor. */
  readonly source: Uint32Array;
}

/**
 * The rules for parameters, in the order of the layout.
 *
 * @throws {InputError} when a tensor has two rules, a rule names no slice, a slice has no rule or two, or axes do not lead
 * from the tensor's shape to the slice's
 */
export function placeTensors(
  caller: string,
  layout: ParameterLayout,
  rules: readonly TensorRule[],
): PlacedTensor[] {
  const tensors = new Set<string>();
  const bySlice = new Map<string, ParameterRule>();
  for (const rule of rules) {
    if (tensors.has(rule.tensor))
      throw badRule(caller, 'one rule for each tensor', `two for "${rule.tensor}"`);
    tensors.add(rule.tensor);
    if (!('slice' in rule)) continue;
    if (bySlice.has(rule.slice))
      throw badRule(caller, 'one tensor for each slice', `two for "${rule.slice}"`);
    bySlice.set(rule.slice, rule);
  }
  const placed = layout.slices.map((slice) => {
    const rule = bySlice.get(slice.name);
    bySlice.delete(slice.name);
    if (rule === undefined) throw badRule(caller, `a tensor for the slice "${slice.name}"`, 'none');
    return placeTensor(caller, slice, rule);
  });
  const [unknown] = bySlice.keys();
  if (unknown !== undefined) throw badRule(caller, 'a slice of the layout', `"${unknown}"`);
  return placed;
}

function placeTensor(caller: string, slice: ParameterSlice, rule: ParameterRule): PlacedTensor {
  const rank = rule.shape?.flat().length ?? slice.shape.length;
  const {axes = Array.from({length: rank}, (_, axis) => axis)} = rule;
  if (axes.length !== rank || axes.toSorted((a, b) => a - b).some((axis, i) => axis !== i)) {
    throw badRule(caller, `each of ${rank} axes of "${rule.tensor}" once`, `[${axes}]`);
  }
  const given = rule.shape ?? axes.map((_, axis) => at(slice.shape, axes.indexOf(axis)));
  const known = product(given.flat().map((length) => length ?? 1));
  const shape = given.map((length) => length ?? slice.size / known);
  const lengths = shape.flat();
  if (product(lengths) !== slice.size || !lengths.every(Number.isInteger)) {
    throw badRule(
      caller,
      `a shape of ${slice.size} entries for "${rule.tensor}", as "${slice.name}" [${slice.shape}] has`,
      `[${given.flat().map((length) => length ?? 'null')}]`,
    );
  }
  const reordered = axes.map((axis) => at(lengths, axis));
  if (!joinTo(reordered, slice.shape)) {
    throw badRule(
      caller,
      `axes of "${rule.tensor}" that make up "${slice.name}" [${slice.shape}] in turn`,
      `[${reordered}]`,
    );
  }
  return {
    tensor: rule.tensor,
    slice,
    shape: shape.map((length) => (typeof length === 'number' ? length : product(length))),
    source: sourceIndices(lengths, axes),
  };
}

/** Whether neighbouring axes can be joined so that a shape becomes another of the same size. */
function joinTo(lengths: readonly number[], shape: readonly number[]): boolean {
  const strides = new Set(lengths.map((_, axis) => product(lengths.slice(axis))));
  return shape.every((_, axis) => strides.has(product(shape.slice(axis))));
}

/** Where each entry of the reordered array lies in the original, both row-major. */
function sourceIndices(lengths: readonly number[], axes: readonly number[]): Uint32Array {
  const strides = lengths.map((_, axis) => product(lengths.slice(axis + 1)));
  let indices = [0];
  for (const axis of axes) {
    const stride = at(strides, axis);
    const steps = Array.from({length: at(lengths, axis)}, (_, i) => i * stride);
    indices = indices.flatMap((index) => steps.map((step) => index + step));
  }
  return Uint32Array.from(indices);
}

/** The rules of statistics and counters. */
export function stateRules(rules: readonly TensorRule[]): StateRule[] {
  return rules.filter((rule): rule is StateRule => !('slice' in rule));
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((size, length) => size * length, 1);
}

function badRule(caller: string, expected: string, got: string): RangeError {
  return new InputError(`core.${caller}: expected ${expected}, got ${got}; correct the rules`);
}
