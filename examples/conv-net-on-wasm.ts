/** A TensorFlow.js Layers ConvNet that trains on the WASM backend, which lacks the kernels for it. */
import {registerKernels} from '@minefield/tfjs-kernels';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {trainConvNet} from './train-conv-net.ts';

await tf.setBackend('wasm');
console.log(`kernels: ${await registerKernels()}`);
const {losses, accuracy} = await trainConvNet(5);
console.log(`loss: ${losses.map((loss) => loss.toFixed(3)).join(' ')}`);
console.log(`accuracy: ${accuracy}`);
