import {mlp} from '@minefield/models';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import {expect, it} from 'vitest';
import {evaluate} from './evaluate.ts';

it('refuses data sets that it cannot evaluate on, and a chunk of nothing', async () => {
  const model = mlp({inputs: 2, hidden: [3], outputs: 1});
  const thetas = tf.zeros<tf.Rank.R2>([1, model.layout.dimension]);
  const examples = (...labels: readonly number[]) => ({inputs: new Float32Array(2 * labels.length), labels});
  await expect(evaluate(model, thetas, [examples()])).rejects.toThrow(/of at least 1, got sizes 0/);
  await expect(evaluate(model, thetas, [examples(2)])).rejects.toThrow(/labels in 0\.\.1/);
  await expect(evaluate(model, thetas, [examples(1), examples(1)])).rejects.toThrow(
    /1 or 1 data sets, got 2/,
  );
  await expect(evaluate(model, thetas, [examples(1)], 0)).rejects.toThrow(/chunk >= 1, got 0/);
  thetas.dispose();
});
