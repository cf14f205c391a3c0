import * as ort from 'onnxruntime-node';
import {describe, expect, it} from 'vitest';
import {chromiumPath} from '../../../.ci/chromium.ts';
import {runInChromium} from '../../../.ci/run-in-chromium.ts';
import {onnxObjective} from '../src/onnx-objective.ts';
import type {NumberTensor} from '../src/objective/examples.ts';
import {fixture, onnxBytes} from './fixture.ts';
import type {PageFixture} from './page-fixture.ts';

const names = ['tanh', 'normalized', 'transformer'];

const plain = ({shape, data}: NumberTensor) => ({shape, data: Array.from(data as ArrayLike<number>, Number)});

describe.skipIf(chromiumPath === null)('a model in Chromium', () => {
  it('has the losses that it has in Node and PyTorch, to 1e-6 and 1e-5', async () => {
    const fixtures = names.map((name) => fixture(name));
    const points = fixtures.map(({model, directions}) => [
      ...model.anchor,
      ...model.anchor.map((value, i) => value + 0.1 * (directions[0]?.[i] ?? 0)),
    ]);
    const given = fixtures.map(({inputs, labels}, i): PageFixture => ({
      bytes: [...onnxBytes(names[i] ?? '')],
      inputs: plain(inputs),
      labels: plain(labels),
      thetas: points[i] ?? [],
    }));
    const outcome = (await runInChromium({
      entry: new URL('in-browser.ts', import.meta.url),
      binariesOf: 'onnxruntime-web',
      define: {FIXTURES: JSON.stringify(given)},
    })) as number[][];
    for (const [i, {model, losses, distances, ...examples}] of fixtures.entries()) {
      const [anchor = 0, moved = 0] = outcome[i] ?? [];
      await using here = await onnxObjective(ort, model, examples);
      const inNode = await here.loss(Float32Array.from(points[i] ?? []));
      expect([anchor / (inNode[0] ?? 0), moved / (inNode[1] ?? 0)]).toEqual([
        expect.closeTo(1, 6),
        expect.closeTo(1, 6),
      ]);
      expect(anchor / examples.loss).toBeCloseTo(1, 6);
      expect(moved / (losses[distances.indexOf(0.1)] ?? 0)).toBeCloseTo(1, 5);
    }
  });
});
