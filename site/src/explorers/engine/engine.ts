/** The page's side of the worker, which all explorers of a page share. Nothing is loaded before the first call. */
import type {Calls} from './calls.ts';
import type {Call, Reply, Request} from './protocol.ts';

type ArgsOf<Name extends keyof Calls> = Parameters<Calls[Name]>[0];
export type ValueOf<Name extends keyof Calls> = Awaited<ReturnType<Calls[Name]>>;
export type ProgressOf<Name extends keyof Calls> =
  Calls[Name] extends Call<never, unknown, infer Progress> ? Progress : never;

export interface AskOptions<Name extends keyof Calls> {
  /** Ends the work; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((part: ProgressOf<Name>) => void) | undefined;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
  readonly onProgress: ((part: never) => void) | undefined;
}

let worker: Worker | undefined;
let calls = 0;
const waiting = new Map<number, Waiting>();

/**
 * Has the worker do something.
 *
 * @throws {Error} what the worker threw; or that it could not be started, as on pages opened from a disk
 */
export function ask<Name extends keyof Calls>(
  name: Name,
  args: ArgsOf<Name>,
  {signal, onProgress}: AskOptions<Name> = {},
): Promise<ValueOf<Name>> {
  if (signal?.aborted === true) return Promise.reject(signal.reason);
  const id = ++calls;
  return new Promise((resolve, reject) => {
    const cancel = (): void => {
      waiting.delete(id);
      send({kind: 'cancel', id});
      reject(signal?.reason);
    };
    const settled =
      <V>(settle: (value: V) => void) =>
      (value: V): void => {
        signal?.removeEventListener('abort', cancel);
        settle(value);
      };
    waiting.set(id, {resolve: settled(resolve), reject: settled(reject), onProgress});
    signal?.addEventListener('abort', cancel, {once: true});
    send({kind: 'call', id, name, args});
  });
}

function send(request: Request): void {
  worker ??= start();
  worker.postMessage(request, {});
}

function start(): Worker {
  const made = new Worker(new URL('./explorer-worker.ts', import.meta.url), {type: 'module'});
  made.addEventListener('message', ({data}: MessageEvent<Reply>) => {
    const call = waiting.get(data.id);
    if (call === undefined) return;
    if (data.kind === 'progress') {
      call.onProgress?.(data.value as never);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === 'value') call.resolve(data.value as never);
    else call.reject(new Error(data.message));
  });
  made.addEventListener('error', (event) => {
    event.preventDefault();
    // The next call tries again.
    worker = undefined;
    const reason = new Error(
      location.protocol === 'file:'
        ? 'Browsers start no workers on pages that are opened from a disk. Serve the folder to compute here.'
        : 'The engine did not start. The picture stays as it is.',
    );
    for (const [id, {reject}] of waiting) {
      waiting.delete(id);
      reject(reason);
    }
  });
  return made;
}
