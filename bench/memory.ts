/**
 * `node --conditions=@minefield/source bench/memory.ts [backend] [steps]`: tensors and memory
 * of the process (MB) five times along a training of one spiral network. Memory settles after some thousand steps.
 */
import {type BackendName, startBackend} from '@minefield/backend/node';
import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {initialize, mlp} from '@minefield/models';
import * as tf from '@tensorflow/tfjs-core';
import {train} from '@minefield/training';

const [name = 'tensorflow', count = '10000'] = process.argv.slice(2);
await startBackend({name: name as BackendName});
const steps = Number(count);
const model = mlp({inputs: 2, hidden: [23, 16, 26, 32, 28, 31], outputs: 1});
const {train: training, test} = toySplits(1);
const initial = initialize(model.layout, 'fan-in-uniform', {generator: createGenerator(1)});
const task = {
  initial,
  train: training,
  test,
  poisonFactor: 0,
  poison: () => undefined,
  generator: createGenerator(2),
};
await train(
  model,
  [task],
  {
    steps,
    optimizer: {name: 'adam'},
    learningRate: 1e-3,
    schedule: {name: 'constant'},
    clipNorm: 8,
    poisonPoints: 0,
    evaluateEvery: steps / 5,
  },
  {
    onEvaluation({step}) {
      const {numTensors, numBytes} = tf.memory();
      const resident = Math.round(process.memoryUsage.rss() / 1e6);
      console.log(`step ${step}: ${numTensors} tensors of ${numBytes} bytes, ${resident} MB`);
    },
  },
);
