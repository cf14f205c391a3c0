/** The ConvNet of `train-conv-net.ts` in a browser, on the stock WASM backend and with the kernels registered. */
import {registerKernels, unregisterKernels} from '@minefield/tfjs-kernels';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import {trainConvNet} from './train-conv-net.ts';

setWasmPaths('/');
await tf.setBackend('wasm');
const stock = await trainConvNet(1).then(
  () => 'trained',
  (error: unknown) => String(error),
);
await registerKernels();
const ours = await trainConvNet(5);
unregisterKernels();
Object.assign(globalThis, {outcome: {stock, ...ours}});
