import {fileURLToPath} from 'node:url';
import {createGenerator, decodeSafetensors, sliceView} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {mlp, objectiveFromModel} from '@minefield/models';
import {openStore} from '@minefield/results/node';
import {contest, timedAsync} from './contest.ts';
import {type Setting, timeRow} from './row.ts';

const model = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});
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
  const {theta, seed} = await goodMinimum();
  const objective = objectiveFromModel(model, toySplits(seed).train);
  const rays = sphericalRays(createGenerator(1, 'bench'), relativeCoordinates(theta, model.layout));
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

/** The committed network of the first seed that was trained without poison. */
async function goodMinimum(): Promise<{readonly theta: Float32Array; readonly seed: number}> {
  const store = openStore(fileURLToPath(new URL('../results', import.meta.url)));
  const runs = (await store.readRecords('toy')).filter((record) => record.kind === 'run');
  const [run] = runs.filter(({poisonFactor}) => poisonFactor === 0).toSorted((a, b) => a.seed - b.seed);
  const hash = run?.data.checkpoint?.sha256;
  if (run === undefined || hash === undefined)
    throw new Error('bench: expected a clean run in results/toy, found none');
  const {tensors} = decodeSafetensors(await store.readCheckpoint('toy', hash));
  const theta = new Float32Array(model.layout.dimension);
  for (const slice of model.layout.slices) {
    const tensor = tensors.find(({name}) => name === slice.name);
    if (!(tensor?.data instanceof Float32Array)) throw new Error(`bench: the checkpoint lacks ${slice.name}`);
    sliceView(theta, slice).set(tensor.data);
  }
  return {theta, seed: run.seed};
}
