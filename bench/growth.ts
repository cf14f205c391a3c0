import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {basinRadii, pilotScan, relativeCoordinates, sphericalRays} from '@minefield/landscape';
import {initialize, mlp, objectiveFromModel} from '@minefield/models';
import {committedMinimum, toyModel} from './committed-minimum.ts';
import type {Setting} from './compare.ts';
import {type Contestant, contest, timedAsync} from './contest.ts';

/** How the cost of some work grows with its size. */
export interface Growth {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly seconds: readonly number[];
  /** Of log seconds over log size, by least squares: 1 where the cost is proportional, less where there is a fixed part. */
  readonly slope: number;
}

/** Seconds against directions, examples, networks and parameters. */
export async function growths(setting: Setting): Promise<readonly Growth[]> {
  return [
    await growth(setting, 'toy radii against directions', [64, 128, 256, 512], radiiOf),
    await growth(
      setting,
      'toy loss of 64 networks against examples',
      [100, 200, 400, 800, 1600],
      (examples) => lossOf(64, examples, [23, 16, 26, 32, 28, 31]),
    ),
    await growth(setting, 'toy loss against networks', [8, 16, 32, 64, 128], (networks) =>
      lossOf(networks, 360, [23, 16, 26, 32, 28, 31]),
    ),
    await growth(setting, 'loss of 8 networks against width', [16, 32, 64, 128], (width) =>
      lossOf(
        8,
        360,
        Array.from({length: 6}, () => width),
      ),
    ),
  ].filter((one) => one !== undefined);
}

async function growth(
  {repeats, wanted}: Setting,
  name: string,
  sizes: readonly number[],
  workOf: (size: number) => Contestant | Promise<Contestant>,
): Promise<Growth | undefined> {
  if (!wanted(name)) return undefined;
  const contestants: Record<string, Contestant> = {};
  for (const size of sizes) contestants[size] = await workOf(size);
  const measured = await contest(contestants, repeats);
  const seconds = sizes.map((size) => measured[size] ?? Number.NaN);
  return {name, sizes, seconds, slope: slopeOf(sizes.map(Math.log), seconds.map(Math.log))};
}

async function radiiOf(directions: number): Promise<Contestant> {
  const {theta, seed} = await committedMinimum('good');
  const objective = objectiveFromModel(toyModel, toySplits(seed).train);
  const rays = sphericalRays(relativeCoordinates(theta, toyModel.layout), {
    generator: createGenerator(1, 'bench'),
  });
  const settings = {cutoffs: [{kind: 'loss', value: 0.5}], maximum: 40, directions} as const;
  const scan = await pilotScan(objective, theta, rays, settings);
  return timedAsync(async () => void (await basinRadii(objective, theta, rays, {...settings, scan})));
}

function lossOf(networks: number, examples: number, hidden: readonly number[]): Contestant {
  const model = mlp({inputs: 2, hidden, outputs: 1});
  const generator = createGenerator(1, 'bench', 'growth');
  const inputs = new Float32Array(2 * examples);
  generator.fillNormalInto(inputs);
  const labels = Uint8Array.from({length: examples}, (_, i) => i % 2);
  const objective = objectiveFromModel(model, {inputs, labels}, {networks});
  const thetas = new Float32Array(networks * model.layout.dimension);
  for (let k = 0; k < networks; k++) {
    thetas.set(
      initialize(model.layout, 'fan-in-uniform', {generator: generator.derive(k)}),
      k * model.layout.dimension,
    );
  }
  return timedAsync(async () => void (await objective.loss(thetas)));
}

function slopeOf(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const over = x.reduce((sum, value, i) => sum + (value - mx) * ((y[i] ?? my) - my), 0);
  return over / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
