import type {BackendOptions} from './backend.ts';

const KEYS: {readonly [K in keyof Required<BackendOptions>]: true} = {
  name: true,
  software: true,
  deterministic: true,
  wasmPath: true,
};

/** @throws {RangeError} when there are no options, or one has a key that nobody reads and would change nothing, in silence */
export function checkBackendOptions(caller: string, options: BackendOptions): void {
  const known = Object.keys(KEYS).join(', ');
  if (typeof options !== 'object' || options === null) {
    throw new RangeError(
      `backend.${caller}: expected options, an object with ${known}, got ${String(options)}; a name goes into {name}`,
    );
  }
  const stray = Object.keys(options).find((key) => !Object.hasOwn(KEYS, key));
  if (stray === undefined) return;
  throw new RangeError(
    `backend.${caller}: expected options among ${known}, got "${stray}"; leave it out, or correct its spelling`,
  );
}
