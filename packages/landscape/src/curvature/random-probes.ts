import {checkOptions, type CancelSignal, type Generator} from '@minefield/core';
import {checkCount, checkGenerator} from '../check-input.ts';
import type {Coordinates} from '../directions/coordinates.ts';
import {norm} from '../directions/vectors.ts';

export interface ProbeOptions {
  /** Probe i is drawn from its stream `derive('probe', i)`. */
  readonly generator: Generator;
  /** Number of random probes, fixed beforehand: an estimate that stops when it seems still stops too early. */
  readonly samples: number;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** @throws {InputError} naming the caller, at an option that is none or makes no sense */
export function checkProbeOptions(caller: string, options: ProbeOptions): void {
  checkOptions(`landscape.${caller}`, options, {
    generator: true,
    samples: true,
    signal: true,
    onProgress: true,
  });
  checkGenerator(caller, options.generator);
  checkCount(caller, 'samples', options.samples);
}

/** A random unit vector that rests where the coordinates do. */
export function randomProbe({scale}: Coordinates, generator: Generator): Float64Array {
  const probe = new Float64Array(scale.length);
  generator.fillNormalInto(probe);
  const moved = probe.map((value, i) => (scale[i] === 0 ? 0 : value));
  const length = norm(moved);
  return moved.map((value) => value / length);
}

/** A vector of ±1 at random, at rest where the coordinates are. */
export function rademacherProbe({scale}: Coordinates, generator: Generator): Float64Array {
  const probe = new Float64Array(scale.length);
  let bits = 0;
  let left = 0;
  for (let i = 0; i < scale.length; i++) {
    if (scale[i] === 0) continue;
    if (left === 0) {
      bits = generator.uint32();
      left = 32;
    }
    probe[i] = bits & 1 ? 1 : -1;
    bits >>>= 1;
    left -= 1;
  }
  return probe;
}
