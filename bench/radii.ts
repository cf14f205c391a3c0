import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {objectiveFromModel} from '@minefield/models';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timedAsync} from './contest.ts';

const DIRECTIONS = 1000;
/** Directions and points a direction of the reference algorithm. */
const [PEER_DIRECTIONS, PEER_POINTS] = [20, 100];

/**
 * 1,000 radii of the committed good minimum's basin to the tolerance of a volume, against the reference algorithm: the loss
 * at 100 points of each direction, which leaves a hundredth of the distance as tolerance.
 */
export async function radii(setting: Setting): Promise<void> {
  const name = `${DIRECTIONS.toLocaleString('en')} toy radii at 0.1/n, per radius`;
  if (!setting.wanted(name)) return;
  const {theta, seed} = await committedMinimum('good');
  const objective = objectiveFromModel(toyModel, toySplits(seed).train);
  const rays = sphericalRays(relativeCoordinates(theta, toyModel.layout), {
    generator: createGenerator(1, 'bench'),
  });
  const settings = {cutoffs: [{kind: 'loss', value: 0.5}], maximum: 40, directions: DIRECTIONS} as const;
  const ours = timedAsync(async () => {
    const scan = await pilotScan(objective, theta, rays, settings);
    await basinRadii(objective, theta, rays, {...settings, scan});
  });
  const peer = {
    settings: {directions: PEER_DIRECTIONS, points: PEER_POINTS, examples: 200},
    each: PEER_DIRECTIONS,
  };
  const rivals = await rivalsOf(setting.peers, [
    {workload: 'toy-radii-loop', ...peer, how: `${PEER_POINTS} points one by one`, target: 30},
    {workload: 'toy-radii-batched', ...peer, how: `${PEER_POINTS} points at once`},
  ]);
  await compare(setting, name, {contestant: ours, each: DIRECTIONS}, rivals);
}
