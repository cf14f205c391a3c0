/** Names the slices of a flat parameter vector: what each stretch of θ means, and which axis of it indexes filters. */
import {at} from './at.ts';
import {checkWord} from './check-options.ts';
import {InputError} from './input-error.ts';
import {kindOf} from './kind-of.ts';

export type ParameterRole = 'kernel' | 'bias' | 'scale' | 'shift';

const ROLES: readonly ParameterRole[] = ['kernel', 'bias', 'scale', 'shift'];

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: ParameterRole;
  /** Axis that indexes filters (output units); kernels only. Default: the last, as TensorFlow stores kernels. */
  readonly filterAxis?: number;
}

export interface ParameterSlice extends ParameterSpec {
  /** First index in the flat vector. */
  readonly offset: number;
  /** Number of entries. */
  readonly size: number;
}

export interface ParameterLayout {
  /** Length P of the flat vector. */
  readonly dimension: number;
  readonly slices: readonly ParameterSlice[];
}

/**
 * Packs parameters one after another, row-major, in the order given.
 *
 * @throws {InputError} on duplicate names, unknown roles, sizes that are not positive integers, or a filter axis that a kernel has not
 * @example parameterLayout([{name: 'dense/kernel', shape: [2, 8], role: 'kernel'}]).dimension // 16
 */
export function parameterLayout(specs: readonly ParameterSpec[]): ParameterLayout {
  const names = new Set<string>();
  const slices: ParameterSlice[] = [];
  let offset = 0;
  for (const spec of specs) {
    if (names.has(spec.name)) {
      throw new InputError(
        `core.parameterLayout: expected unique names, got "${spec.name}" twice; rename one`,
      );
    }
    names.add(spec.name);
    checkWord('core.parameterLayout', `the role of "${spec.name}"`, spec.role, ROLES);
    if (!spec.shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
      throw new InputError(
        `core.parameterLayout: expected positive integer sizes, got [${spec.shape}] for "${spec.name}"; correct the shape`,
      );
    }
    const size = spec.shape.reduce((product, length) => product * length, 1);
    slices.push({...spec, ...(spec.role === 'kernel' ? {filterAxis: filterAxisOf(spec)} : {}), offset, size});
    offset += size;
  }
  return {dimension: offset, slices};
}

function filterAxisOf({name, shape, filterAxis = shape.length - 1}: ParameterSpec): number {
  if (!Number.isInteger(filterAxis) || filterAxis < 0 || filterAxis >= shape.length) {
    throw new InputError(
      `core.parameterLayout: expected a filter axis of [${shape}], got ${filterAxis} for "${name}"; count axes from 0`,
    );
  }
  return filterAxis;
}

/**
 * The stretch of `theta` that `slice` names, as a view (not a copy).
 *
 * @throws {InputError} when θ ends before the slice does
 */
export function sliceView(theta: Float32Array, slice: ParameterSlice): Float32Array {
  const end = slice.offset + slice.size;
  if (!(theta instanceof Float32Array) || theta.length < end) {
    const got = theta instanceof Float32Array ? `${theta.length}` : kindOf(theta);
    throw new InputError(
      `core.sliceView: expected a Float32Array of at least ${end} numbers for "${slice.name}", got ${got}; ` +
        'give the vector of this layout',
    );
  }
  return theta.subarray(slice.offset, end);
}

/** One filter: all entries of a kernel that share an index on its filter axis. */
export interface Filter {
  readonly slice: ParameterSlice;
  /** Index along the filter axis. */
  readonly index: number;
  /** Flat indices into θ, ascending. */
  readonly entries: Uint32Array;
}

/**
 * The filters of every kernel: for a Dense kernel `[in, out]` the columns; for a convolution `[height, width, in, out]`
 * everything but the last axis.
 */
export function filtersOf(layout: ParameterLayout): Filter[] {
  return layout.slices.flatMap((slice) => {
    if (slice.role !== 'kernel' || slice.filterAxis === undefined) return [];
    const count = at(slice.shape, slice.filterAxis);
    const inner = slice.shape.slice(slice.filterAxis + 1).reduce((product, length) => product * length, 1);
    const perFilter = slice.size / count;
    return Array.from({length: count}, (_, index) => {
      const entries = new Uint32Array(perFilter);
      for (let i = 0; i < perFilter; i++) {
        const outer = Math.floor(i / inner);
        entries[i] = slice.offset + (outer * count + index) * inner + (i % inner);
      }
      return {slice, index, entries};
    });
  });
}
