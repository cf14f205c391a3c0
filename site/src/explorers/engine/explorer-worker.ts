/** The one worker of a page: starts the engine with the first call, and does what pages ask of it, as many things as they ask. */
import {startBackend} from '@minefield/backend';
import wasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import {calls} from './calls.ts';
import type {Call, Reply, Request} from './protocol.ts';

let started: Promise<unknown> | undefined;

/** Plain SIMD: the bits of the records' own numerics. */
function engine(): Promise<unknown> {
  const wasmPath = {
    'tfjs-backend-wasm.wasm': wasm,
    'tfjs-backend-wasm-simd.wasm': simd,
    'tfjs-backend-wasm-threaded-simd.wasm': threaded,
  };
  return (started ??= startBackend({name: 'wasm', deterministic: true, wasmPath}));
}

const running = new Map<number, AbortController>();

function reply(message: Reply): void {
  postMessage(message);
}

async function run({id, name, args}: Request & {kind: 'call'}): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    await engine();
    const call = (calls as Readonly<Record<string, Call<never, unknown, unknown> | undefined>>)[name];
    if (call === undefined) throw new Error(`explorer worker: expected a known call, got "${name}"`);
    controller.signal.throwIfAborted();
    const value = await call(args as never, {
      signal: controller.signal,
      onProgress: (part) => reply({kind: 'progress', id, value: part}),
    });
    reply({kind: 'value', id, value});
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    reply({kind: 'error', id, message, cancelled: controller.signal.aborted});
  } finally {
    running.delete(id);
  }
}

addEventListener('message', ({data}: MessageEvent<Request>) => {
  if (data.kind === 'cancel') running.get(data.id)?.abort();
  else void run(data);
});
