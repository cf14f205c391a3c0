import {type Rays, basinRadii} from '@minefield/landscape';
import {openProblem, type Problem} from '../problem.ts';
import type {Call} from '../protocol.ts';

export interface PitArgs {
  readonly problem: Problem;
  /** `[P]` */
  readonly theta: Float32Array;
  /** The plane's axes, `[P]` each. */
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Relative radius of a step of 1 along either. */
  readonly unit: number;
  /** Loss at which the pit ends. */
  readonly cutoff: number;
}

export interface PitValue {
  /** Geometric mean of the distances at which the loss first reaches the cutoff, in relative radius. */
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** Directions in the plane, evenly all around. */
const DIRECTIONS = 32;
/** Relative radius at which a direction is given up. */
const MAXIMUM = 500;

/** How wide a pit looks in a plane; null where the minimum itself lies above the cutoff. */
export const pit: Call<PitArgs, PitValue | null> = async (
  {problem, theta, first, second, unit, cutoff},
  {signal},
) => {
  const {objective} = openProblem(problem);
  const {cutoffs} = await basinRadii(objective, theta, raysIn(first, second, unit), {
    cutoffs: [{kind: 'loss', value: cutoff}],
    maximum: MAXIMUM,
    // Down to a thousandth of a relative radius.
    scan: geometric(1e-3, MAXIMUM, 1.1),
    directions: DIRECTIONS,
    tolerance: 1e-3,
    signal,
  });
  const [measured] = cutoffs;
  if (measured === undefined || !measured.applicable) return null;
  const radii = Array.from(measured.radii, (radius) => Math.min(radius, MAXIMUM));
  const logs = radii.reduce((sum, radius) => sum + Math.log(radius), 0);
  return {
    mean: Math.exp(logs / radii.length),
    least: Math.min(...radii),
    most: Math.max(...radii),
  };
};

function raysIn(first: Float32Array, second: Float32Array, unit: number): Rays {
  return {
    parameters: first.length,
    dimension: 2,
    logDeterminant: 0,
    fillInto(out, index) {
      const angle = (2 * Math.PI * index) / DIRECTIONS;
      const [along, aside] = [Math.cos(angle) / unit, Math.sin(angle) / unit];
      for (let i = 0; i < out.length; i++)
        out[i] = along * (first[i] as number) + aside * (second[i] as number);
    },
  };
}

function geometric(from: number, to: number, growth: number): Float64Array {
  const steps = Math.ceil(Math.log(to / from) / Math.log(growth));
  return Float64Array.from({length: steps + 1}, (_, i) => (i === steps ? to : from * growth ** i));
}
