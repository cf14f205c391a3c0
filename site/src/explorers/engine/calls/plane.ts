/** Planes through a minimum, in units of relative radius. */
import {createGenerator} from '@minefield/core';
import {
  type Coordinates,
  filterNormalizedDirection,
  leadingEigenpairs,
  relativeCoordinates,
} from '@minefield/landscape';
import {type Initialization, initialize} from '@minefield/models';
import {openProblem, type OpenProblem, type Problem} from '../problem.ts';
import type {Call, CallContext} from '../protocol.ts';
import {relativeHessian} from '../sharpness.ts';

export type PlaneKind = 'random' | 'sharpest' | 'twin';

export interface PlaneArgs {
  readonly problem: Problem;
  /** Where the plane passes, `[P]`. */
  readonly theta: Float32Array;
  readonly kind: PlaneKind;
  /** Of the run: all that is drawn, is drawn from it. */
  readonly seed: number;
  /** Which of the random planes; 1 is that of the records of `surface`. */
  readonly draw: number;
  /** The other minimum, `[P]`: where a plane through the twin also passes. */
  readonly twin: Float32Array;
  /** How both networks were made before their first step. */
  readonly initialization: Initialization;
}

/** A point of the plane that is worth a name. */
export interface PlaneMark {
  readonly name: 'twin' | 'start';
  /** Place along both axes, in relative radius. */
  readonly at: readonly [number, number];
}

export interface PlaneValue {
  /** `[P]` each; a step of 1 along either is `unit` long. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Relative radius of a step of 1 along an axis. */
  readonly unit: number;
  /** Of the Hessian in relative coordinates, where the axes are its eigenvectors. */
  readonly eigenvalues: readonly number[];
  readonly marks: readonly PlaneMark[];
}

/** Lanczos steps taken. */
export type PlaneProgress = number;

export const plane: Call<PlaneArgs, PlaneValue, PlaneProgress> = async (args, context) => {
  const opened = openProblem(args.problem);
  const coordinates = relativeCoordinates(args.theta, opened.model.layout);
  if (args.kind === 'random') return randomPlane(args, opened, coordinates);
  if (args.kind === 'sharpest') return sharpestPlane(args, opened, coordinates, context);
  return twinPlane(args, opened, coordinates);
};

/** Filter-normalized: every filter at its own length, so as many relative radii long as the root of the dimension. */
function randomPlane(
  {theta, seed, draw}: PlaneArgs,
  {model: {layout}}: OpenProblem,
  {dimension}: Coordinates,
): PlaneValue {
  const direction = (axis: string): Float32Array =>
    filterNormalizedDirection(theta, layout, {
      generator:
        draw === 1 ? createGenerator(seed, 'surface', axis) : createGenerator(seed, 'surface', axis, draw),
    });
  return {
    first: direction('x'),
    second: direction('y'),
    unit: Math.sqrt(dimension),
    eigenvalues: [],
    marks: [],
  };
}

async function sharpestPlane(
  {theta, seed, problem}: PlaneArgs,
  opened: OpenProblem,
  coordinates: Coordinates,
  {signal, onProgress}: CallContext<PlaneProgress>,
): Promise<PlaneValue> {
  const sharpness = {seed, examples: problem.labels.length, coordinates, signal};
  const operator = await relativeHessian(opened, theta, sharpness);
  const {pairs} = await leadingEigenpairs(operator, 2, {
    generator: createGenerator(seed, 'curvature', 'relative', 'start'),
    maximumSteps: 200,
    tolerance: 1e-3,
    signal,
    onProgress,
  });
  const [first, second] = pairs.map(({vector}) =>
    Float32Array.from(vector, (value, i) => value * (coordinates.scale[i] as number)),
  );
  if (first === undefined || second === undefined)
    throw new Error('This minimum has but one sharp direction: take another plane.');
  return {first, second, unit: 1, eigenvalues: pairs.map(({value}) => value), marks: []};
}

/** Through this minimum, the other one, and the weights that both set out from. Biases move along, and count for no distance. */
function twinPlane(
  {theta, twin, seed, initialization}: PlaneArgs,
  {model: {layout}}: OpenProblem,
  {scale}: Coordinates,
): PlaneValue {
  const start = initialize(layout, initialization, {generator: createGenerator(seed, 'initialization')});
  const toTwin = Float64Array.from(twin, (value, i) => value - (theta[i] as number));
  const toStart = Float64Array.from(start, (value, i) => value - (theta[i] as number));
  const far = Math.sqrt(inner(toTwin, toTwin, scale));
  if (!(far > 0)) throw new Error('Both networks are the same: take another plane.');
  const along = inner(toStart, toTwin, scale) / far;
  const aside = toStart.map((value, i) => value - (along * (toTwin[i] as number)) / far);
  const height = Math.sqrt(inner(aside, aside, scale));
  return {
    first: Float32Array.from(toTwin, (value) => value / far),
    second: Float32Array.from(aside, (value) => value / height),
    unit: 1,
    eigenvalues: [],
    marks: [
      {name: 'twin', at: [far, 0]},
      {name: 'start', at: [along, height]},
    ],
  };
}

/** Of two moves, in relative coordinates: parameters that do not move there do not count. */
function inner(a: Float64Array, b: Float64Array, scale: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const unit = scale[i] as number;
    if (unit > 0) sum += ((a[i] as number) * (b[i] as number)) / unit ** 2;
  }
  return sum;
}
