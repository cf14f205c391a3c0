/** Data that a reader can make a minimum on: drawn on the page to be looked at, and in the worker to be trained on, alike. */
import {type Dataset, type Generator, at, cosTurns, createGenerator, sinTurns} from '@minefield/core';
import {concentricCircles, toySplits} from '@minefield/datasets';

/** What is chosen; small enough to travel. */
export type OwnData =
  | {readonly kind: 'spirals'}
  | {readonly kind: 'circles'}
  | {
      readonly kind: 'painted';
      /** `[n, 2]` */
      readonly inputs: Float32Array;
      /** 0 or 1, `[n]` */
      readonly labels: Uint8Array;
    };

export interface OwnPoints {
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
}

export interface OwnSplits {
  readonly train: OwnPoints;
  readonly test: OwnPoints;
  /** So many points to measure the gap on. */
  fresh(size: number): OwnPoints;
  /** Writes `labels.length` poison points, with their true labels. */
  samplePoisonInto(inputs: Float32Array, labels: Uint8Array, generator: Generator): void;
}

/** Half the side of the square that all data lie in. */
export const HALF_WIDTH = 20;

/** Points of the two rings to train on. */
const RINGS = [
  {count: 24, radius: 6, label: 0},
  {count: 24, radius: 12, label: 1},
] as const;

const TEST_POINTS = 200;

/** Standard deviation, in units of the plane, of what is drawn around painted points. */
export const PAINT_SPREAD = 0.7;

/**
 * @param seed of the points, but for the painted ones to train on
 * @throws {RangeError} where nothing was painted
 */
export function ownSplits(data: OwnData, seed: number): OwnSplits {
  switch (data.kind) {
    case 'spirals':
      return toySplits(seed);
    case 'circles': {
      const generator = createGenerator(seed, 'own circles');
      const turn = generator.derive('train').uniform();
      const train = concentricCircles(RINGS.map((ring) => ({...ring, phase: turn / ring.count})));
      return drawn(train, generator, sampleRingsInto);
    }
    case 'painted': {
      if (data.labels.length === 0) throw new RangeError('Paint some points of both classes first.');
      const {inputs, labels} = data;
      return drawn({inputs, labels}, createGenerator(seed, 'own painted'), (into, classes, generator) =>
        sampleAroundInto(data, into, classes, generator),
      );
    }
  }
}

type Sampler = OwnSplits['samplePoisonInto'];

function drawn(
  {inputs, labels}: Pick<Dataset, 'inputs' | 'labels'>,
  generator: Generator,
  samplePoisonInto: Sampler,
): OwnSplits {
  const draw = (size: number, name: string): OwnPoints => {
    const points = {inputs: new Float32Array(2 * size), labels: new Uint8Array(size)};
    samplePoisonInto(points.inputs, points.labels, generator.derive(name));
    return points;
  };
  return {
    train: {inputs, labels},
    test: draw(TEST_POINTS, 'test'),
    fresh: (size) => draw(size, 'fresh'),
    samplePoisonInto,
  };
}

/** Anywhere on the two rings, the classes in turn. */
function sampleRingsInto(inputs: Float32Array, labels: Uint8Array, generator: Generator): void {
  for (let i = 0; i < labels.length; i++) {
    const {radius, label} = at(RINGS, i % RINGS.length);
    const turns = generator.uniform();
    inputs[2 * i] = radius * sinTurns(turns);
    inputs[2 * i + 1] = radius * cosTurns(turns);
    labels[i] = label;
  }
}

/** Around painted points, drawn at random. */
function sampleAroundInto(
  painted: OwnPoints,
  inputs: Float32Array,
  labels: Uint8Array,
  generator: Generator,
): void {
  generator.fillNormalInto(inputs);
  for (let i = 0; i < labels.length; i++) {
    const from = generator.integer(painted.labels.length);
    for (const axis of [0, 1])
      inputs[2 * i + axis] = at(painted.inputs, 2 * from + axis) + PAINT_SPREAD * at(inputs, 2 * i + axis);
    labels[i] = at(painted.labels, from);
  }
}
