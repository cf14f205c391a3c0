import {beforeAll, expect, it} from 'vitest';
import {type TrainedNetwork, data, points, spec, trainNetwork} from '../../test/trained-network.ts';

let network: TrainedNetwork;

beforeAll(async () => {
  network = await trainNetwork();
});

it('fits the training set where there are features enough, and says how other points fare', async () => {
  const {fits} = await network.measure('linear');
  const maps = spec.analyses.linear?.features ?? [];
  expect(fits.map(({count}) => count)).toEqual([3, 10, 600, 600]);
  const [inputs, , fourier, relu] = fits;
  expect(maps.map(({name}) => name)).toEqual(['inputs', 'polynomial', 'fourier', 'relu']);
  expect(fourier?.train).toBe(1);
  expect(relu?.train).toBeGreaterThan(inputs?.train ?? 1);
  for (const {train, test, fresh} of fits) {
    for (const share of [train, test, fresh ?? 0]) expect(share >= 0 && share <= 1).toBe(true);
  }
});

it('on the inputs alone is the least squares line', async () => {
  const {fits} = await network.measure('linear');
  const train = points(data.train);
  // Normal equations of a + b x + c y on ±1, by Cramer's rule.
  const sum = (read: (point: (typeof train)[number]) => number): number =>
    train.reduce((total, point) => total + read(point), 0);
  const sign = ({label}: {label: number}): number => (label === 1 ? 1 : -1);
  const rows = [
    [train.length, sum(({x}) => x), sum(({y}) => y)],
    [sum(({x}) => x), sum(({x}) => x * x), sum(({x, y}) => x * y)],
    [sum(({y}) => y), sum(({x, y}) => x * y), sum(({y}) => y * y)],
  ];
  const right = [sum(sign), sum((p) => p.x * sign(p)), sum((p) => p.y * sign(p))];
  const replaced = (column: number): number[][] =>
    rows.map((row, i) => row.map((value, j) => (j === column ? (right[i] ?? 0) : value)));
  const [a = 0, b = 0, c = 0] = [0, 1, 2].map((k) => determinant(replaced(k)) / determinant(rows));
  const fitted = train.filter((point) => (a + b * point.x + c * point.y > 0 ? 1 : 0) === point.label).length;
  expect(Math.abs((fits[0]?.train ?? 0) - fitted / train.length)).toBeLessThanOrEqual(1 / train.length);
});

function determinant([
  [a = 0, b = 0, c = 0] = [],
  [d = 0, e = 0, f = 0] = [],
  [g = 0, h = 0, i = 0] = [],
]: readonly (readonly number[])[]): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}
