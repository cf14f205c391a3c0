import {
  type Generator,
  createGenerator,
  InputError,
  InternalError,
  checkOptions,
  checkWord,
} from '@minefield/core';
import {leadingEigenpairs} from '../curvature/extreme-eigenvalues.ts';
import type {HessianOperator} from '../curvature/hessian-operator.ts';
import {rawCoordinates} from '../directions/coordinates.ts';
import {orthogonalDirection} from '../directions/orthogonal-direction.ts';
import {filterNormalizedDirection, unitDirection} from '../directions/random-directions.ts';
import {scanLine} from '../scans/scan-line.ts';
import {scanSurface} from '../scans/scan-surface.ts';
import {symmetricGrid} from '../scans/symmetric-grid.ts';
import {operatorOf} from './operators.ts';
import {MEASURE_KEYS, type MeasureOptions, type Subject} from './subject.ts';

export type ScanDirection = 'filter' | 'unit' | 'sharpest';

export interface ScanOfOptions extends MeasureOptions {
  /**
   * `filter`: random, each filter as long as the network's; `unit`: random, of length 1; `sharpest`: the Hessian's leading
   * eigenvectors. Default `filter` for a network, else `unit`.
   */
  readonly direction?: ScanDirection;
  /** Distances go from −maximum to maximum. */
  readonly maximum: number;
  /** Points a side; odd, so that the anchor is one. */
  readonly points: number;
  /** Over the plane of two directions instead of along one. Default false. */
  readonly surface?: boolean;
}

/** What `minefield scan --json` prints. */
export interface ScanDocument {
  readonly subject: string;
  readonly direction: ScanDirection;
  /** How the Hessian-vector products were made that found the sharpest directions; null for others. */
  readonly method: HessianOperator['method'] | null;
  readonly anchorLoss: number | null;
  readonly xs: readonly number[];
  /** One row, y = 0, for a line. */
  readonly ys: readonly number[];
  /** `[ys, xs]`, row-major; null where the loss overflows. */
  readonly loss: readonly (number | null)[];
  readonly seed: number;
  readonly notes: readonly string[];
}

/**
 * The loss along a line through a subject's anchor, or over a plane.
 *
 * @throws {InputError} when `points` is not odd and at least 3, `maximum` is not positive and finite, or the subject has no such
 *   directions
 */
export async function scanOf(subject: Subject, options: ScanOfOptions): Promise<ScanDocument> {
  checkOptions('landscape.scanOf', options, {
    ...MEASURE_KEYS,
    direction: true,
    maximum: true,
    points: true,
    surface: true,
  });
  const {maximum, points, surface = false, seed, signal, onProgress} = options;
  const {direction = subject.objective.layout ? 'filter' : 'unit'} = options;
  checkWord('landscape.scanOf', 'a direction', direction, ['filter', 'unit', 'sharpest']);
  if (!Number.isInteger(points) || points < 3 || points % 2 === 0) {
    throw new InputError(
      `landscape.scanOf: expected an odd number of points >= 3, so that the anchor is one, got ${points}`,
    );
  }
  if (!(maximum > 0 && maximum < Infinity)) {
    throw new InputError(`landscape.scanOf: expected a finite maximum > 0, got ${maximum}`);
  }
  const objective = subject.objective;
  const {anchor} = subject;
  const xs = symmetricGrid(maximum, points);
  const {directions, method} = await directionsOf(
    {...subject, objective},
    direction,
    surface ? 2 : 1,
    options,
  );
  const [first, second] = directions;
  if (!first) throw new InternalError('landscape.scanOf: expected a direction; this is a bug');
  const scan = {
    signal,
    ...(onProgress && {onProgress: (done: number, total: number) => onProgress(done / total)}),
  };
  const losses = second
    ? await scanSurface(objective, anchor, {first, second, xs, ys: xs}, scan)
    : await scanLine(objective, anchor, first, xs, scan);
  const loss = Array.from(losses, (value) => (Number.isFinite(value) ? value : null));
  const middle = loss[(loss.length - 1) / 2] ?? null;
  return {
    subject: subject.name,
    direction,
    method,
    anchorLoss: middle,
    xs,
    ys: second ? xs : [0],
    loss,
    seed,
    notes: [
      ...subject.notes,
      ...(middle !== null && loss.some((value) => value !== null && value < middle - 0.01 * Math.abs(middle))
        ? ["the loss falls more than 1% below the anchor's: the anchor is not the minimum of what is shown"]
        : []),
    ],
  };
}

async function directionsOf(
  subject: Subject,
  direction: ScanDirection,
  count: 1 | 2,
  options: MeasureOptions,
): Promise<{
  readonly directions: readonly ArrayLike<number>[];
  readonly method: HessianOperator['method'] | null;
}> {
  const {anchor, objective} = subject;
  const {layout, dimension} = objective;
  const generator = (axis: number): Generator => createGenerator(options.seed, 'measure', 'scan', axis);
  const axes = Array.from({length: count}, (_, axis) => axis);
  if (count > dimension) {
    throw new InputError(
      `landscape.scanOf: expected at least two dimensions for a surface, got ${dimension}; scan a line`,
    );
  }
  if (direction === 'sharpest') {
    const operator = await operatorOf(subject, rawCoordinates(anchor.length), options);
    const {pairs} = await leadingEigenpairs(operator, count, {
      generator: generator(0),
      tolerance: 1e-3,
      signal: options.signal,
    });
    if (pairs.length < count) {
      throw new InputError(
        `landscape.scanOf: expected ${count} distinct eigenvalues, got ${pairs.length}; take another direction`,
      );
    }
    return {directions: pairs.map(({vector}) => vector), method: operator.method};
  }
  if (direction === 'filter') {
    if (layout) {
      const directions = axes.map((axis) =>
        filterNormalizedDirection(anchor, layout, {generator: generator(axis)}),
      );
      return {directions, method: null};
    }
    throw new InputError(
      'landscape.scanOf: expected a network for a filter-normalized direction, got an objective without filters; take a unit direction',
    );
  }
  const first = unitDirection(dimension, {generator: generator(0)});
  if (count === 1) return {directions: [first], method: null};
  const second = orthogonalDirection(unitDirection(dimension, {generator: generator(1)}), [first]);
  return {directions: [first, second], method: null};
}
