import {at, createGenerator, geometricMean} from '@minefield/core';
import {
  basinRadii,
  filterNormalizedDirection,
  hessianOperator,
  pointsAlong,
  raysAlong,
  scanDistances,
  symmetricGrid,
} from '@minefield/landscape';
import {classifierFromModel} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {Measurement} from './measurement.ts';
import {alongLine} from './along-line.ts';
import {roundedOrNull, sevenDigits} from '../measurements/numbers.ts';
import {planeGrid} from '../measurements/plane-grid.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/**
 * The boundary, losses, accuracies and curvature along several filter-normalized directions. The outermost points lie at a
 * multiple of the geometric mean of the distances at which the basin ends, both ways along all directions: one scale a minimum,
 * so that its directions can be compared. Networks of one seed draw the same Gaussian directions.
 */
export const measurePerturbation: Measurement<'perturbation'> = async (
  minimum,
  {directions: count, points, excess, times, maximum, boundary},
  {signal, onProgress},
) => {
  const {model, theta, data, objective, seed} = minimum;
  const directions = Array.from({length: count}, (_, i) =>
    filterNormalizedDirection(theta, model.layout, {generator: createGenerator(seed, 'perturbation', i)}),
  );
  const {
    cutoffs: [basin],
  } = await basinRadii(objective, theta, raysAlong(directions), {
    cutoffs: [{kind: 'excess', value: excess}],
    maximum,
    scan: scanDistances({maximum, first: NEAREST * maximum}),
    directions: 2 * count,
    tolerance: 1e-3,
    signal,
  });
  const radii = Array.from(basin?.radii ?? []);
  const radius = sevenDigits(geometricMean(radii.map((each) => Math.min(each, maximum))));
  const distances = symmetricGrid(times * radius, points).map(sevenDigits);
  const operator = await hessianOperator(objective, theta, {
    generator: createGenerator(seed, 'perturbation', 'probe'),
    checkOn: singleExamples(data.train.labels.length, seed),
    signal,
  });
  const grid = planeGrid(boundary);
  const measured: Direction[] = [];
  for (const [i, direction] of directions.entries()) {
    onProgress?.(i / count);
    const thetas = pointsAlong(theta, direction, distances);
    const logits: number[][] = [];
    const wrong: number[][] = [];
    for (let t = 0; t < points; t++) {
      const there = thetas.subarray(t * theta.length, (t + 1) * theta.length);
      const classifier = classifierFromModel(model, there);
      logits.push(Array.from(await classifier.logits(grid), shade));
      const odds = await classifier.logits(data.train.inputs);
      wrong.push(Array.from(odds.keys()).filter((k) => at(odds, k) > 0 !== (data.train.labels[k] === 1)));
    }
    measured.push({
      radii: [reached(radii[2 * i]), reached(radii[2 * i + 1])],
      ...(await alongLine(minimum, operator, direction, distances, signal)),
      logits,
      wrong,
    });
  }
  const {halfWidth, size} = boundary;
  return {
    radius,
    distances,
    extent: [-halfWidth, halfWidth, -halfWidth, halfWidth],
    size,
    directions: measured,
  };
};

type Direction = AnalysisOf<'perturbation'>['data']['directions'][number];

/** Share of the farthest distance at which the search for the end of the basin begins. */
const NEAREST = 2e-6;

/** To a thousandth, as it was sought; null where there is no crossing. */
function reached(radius = Infinity): number | null {
  return roundedOrNull(radius, 4);
}

/** Log-odds of what is only looked at: one digit, and no surer than the schema has them. */
function shade(logOdds: number): number {
  return Number(Math.max(-8, Math.min(8, logOdds)).toPrecision(1));
}
