/** Trains a small network on WebGPU in a process of its own, and prints what came out as JSON. */
import {describeBackends, startBackend} from '@minefield/backend/node';
import * as tf from '@tensorflow/tfjs-core';

const refused = await startBackend({name: 'webgpu'}).catch(String);
const started = await startBackend({name: 'webgpu', software: true});
const descriptions = await describeBackends({software: true});

/** Three steps of gradient descent on ½‖xw − y‖², and what is left of the loss. */
async function descend(): Promise<number[]> {
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
  const y = tf.tensor2d([1, 0, 0, 1], [4, 1]);
  let w: tf.Tensor = tf.tensor2d([0.5, -0.25], [2, 1]);
  const loss = (v: tf.Tensor): tf.Tensor => tf.mul(0.5, tf.sum(tf.square(tf.sub(tf.matMul(x, v), y))));
  for (let step = 0; step < 3; step++) w = tf.sub(w, tf.mul(0.002, tf.grad(loss)(w)));
  return [...(await w.data()), ...(await loss(w).data())];
}

const onGpu = await descend();
await startBackend({name: 'cpu'});
const onCpu = await descend();
console.log(JSON.stringify({refused, started, descriptions, onGpu, onCpu}));
