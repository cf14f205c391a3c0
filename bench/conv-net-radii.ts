import {createGenerator} from '@minefield/core';
import {houseNumberSplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {objectiveFromModel} from '@minefield/models';
import {committedMinimum, pictureModel} from './committed-minimum.ts';
import {type Setting, compare, rivalsOf} from './compare.ts';
import {timedAsync} from './contest.ts';

const [DIRECTIONS, EXAMPLES] = [2, 128];
/** Points a direction of the reference algorithm. */
const PEER_POINTS = 12;

/**
 * Radii of the committed good minimum of a ConvNet on house numbers, to 1e-5, against the reference algorithm, which is the loss
 * at 12 points of each direction and leaves a twelfth of the distance as tolerance; and against the same scan with bisection to
 * our tolerance. The pilot scan is not timed.
 */
export async function convNetRadii(setting: Setting): Promise<void> {
  const name = `ConvNet radii at 1e-5 over ${EXAMPLES} pictures, per radius`;
  if (!setting.wanted(name)) return;
  const {theta, statistics, seed} = await committedMinimum('good', 'house-numbers', pictureModel);
  if (statistics === undefined) throw new Error('bench: the checkpoint lacks statistics');
  const {train} = houseNumberSplits(seed, {train: EXAMPLES, test: 0, poison: 0});
  const objective = objectiveFromModel(pictureModel.frozen(statistics), train);
  const rays = sphericalRays(relativeCoordinates(theta, pictureModel.layout), {
    generator: createGenerator(1, 'bench'),
  });
  const settings = {
    cutoffs: [{kind: 'loss', value: 0.5}],
    maximum: 200,
    directions: DIRECTIONS,
    tolerance: 1e-5,
  } as const;
  // Made once for all directions, of which there are more in use.
  const scan = await pilotScan(objective, theta, rays, settings);
  const ours = timedAsync(async () => void (await basinRadii(objective, theta, rays, {...settings, scan})));
  const peer = {directions: 1, points: PEER_POINTS, examples: EXAMPLES, channels: 3, classes: 10};
  const rivals = await rivalsOf(setting.peers, [
    {
      workload: 'conv-net-root',
      settings: {...peer, tolerance: 1e-5},
      how: 'as finely, by bisection',
      target: 3,
    },
    {workload: 'conv-net-radii', settings: peer, how: `${PEER_POINTS} points`},
  ]);
  await compare(setting, name, {contestant: ours, each: DIRECTIONS}, rivals);
}
