/** The page: trains in sight, and shows how the model would go on. */
import {registerKernels} from '@minefield/tfjs-kernels';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import {learner} from './learn-text.ts';
import {text} from './text.ts';

const STEPS = 300;
const START = 'Yet training';

// All three have to be named, though the last is not used.
setWasmPaths({
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
});
// A bundler's short names break the threads of TensorFlow.js, which pages that are cross-origin isolated would get: they wait
// forever.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
if (!(await tf.setBackend('wasm'))) throw new Error('the .wasm files were not found');
await registerKernels();

const show = (id: string, words: string): void => {
  const element = document.querySelector(`#${id}`);
  if (element !== null) element.textContent = words;
};
const model = learner(text);
const losses: number[] = [];
for (let step = 1; step <= STEPS; step++) {
  losses.push(await model.step());
  if (step % 20 > 0) continue;
  show('loss', `step ${step}: ${(losses.at(-1) ?? 0).toFixed(3)} nats a character`);
  show('said', START + (await model.continued(START, 48)));
  // A frame to draw.
  await new Promise(requestAnimationFrame);
}
const said = await model.continued(START, 48);
Object.assign(globalThis, {outcome: {losses, said, isolated: crossOriginIsolated}});
