import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {objectiveFromModel} from '@minefield/models';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import {contest, timedAsync} from './contest.ts';
import {type Setting, timeRow} from './row.ts';

const DIRECTIONS = 1000;
/** Directions and points a direction of the reference algorithm. */
const [PEER_DIRECTIONS, PEER_POINTS] = [20, 100];

/**
 * 1,000 radii of the committed good minimum's basin to the tolerance of a volume, against the reference algorithm: the loss
 * at 100 points of each direction, which leaves a hundredth of the distance as tolerance.
 */
export async function radii({repeats, torch, wanted, report}: Setting): Promise<void> {
  const name = `${DIRECTIONS.toLocaleString('en')} toy radii at 0.1/n, per radius`;
  if (!wanted(name)) return;
  const {theta, seed} = await committedMinimum('good');
  const objective = objectiveFromModel(toyModel, toySplits(seed).train);
  const rays = sphericalRays(createGenerator(1, 'bench'), relativeCoordinates(theta, toyModel.layout));
  const settings = {cutoffs: [{kind: 'loss', value: 0.5}], maximum: 40, directions: DIRECTIONS} as const;
  const ours = timedAsync(async () => {
    const scan = await pilotScan(objective, theta, rays, settings);
    await basinRadii(objective, theta, rays, {...settings, scan});
  });
  const size = {directions: PEER_DIRECTIONS, points: PEER_POINTS, examples: 200};
  const loop = await torch?.contestant('toy-radii-loop', size);
  const batched = await torch?.contestant('toy-radii-batched', size);
  const seconds = await contest({ours, ...(loop && {loop}), ...(batched && {batched})}, repeats);
  const own = (seconds['ours'] ?? 0) / DIRECTIONS;
  for (const [key, peerName, target] of [
    ['loop', 'PyTorch, 100 points a direction in a loop, 1 thread', 30],
    ['batched', 'PyTorch, 100 points a direction at once, 1 thread', null],
  ] as const) {
    const peer = seconds[key];
    if (peer !== undefined)
      report(timeRow(name, {ours: own, peer: peer / PEER_DIRECTIONS}, peerName, target));
  }
}
