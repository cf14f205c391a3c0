import util from 'node:util';

/** Node 23 removed these functions, which `@tensorflow/tfjs-node` 4.22 calls (tensorflow/tfjs issue 8609). */
const REMOVED: Readonly<Record<string, (value: unknown) => boolean>> = {
  isArray: (value) => Array.isArray(value),
  isNullOrUndefined: (value) => value === null || value === undefined,
};

/** Puts back what is missing from the CommonJS `util` module, and leaves the rest as it is. */
export function repairNodeUtil(target: object = util): void {
  for (const [name, value] of Object.entries(REMOVED)) {
    if (!(name in target)) Object.defineProperty(target, name, {value, configurable: true, writable: true});
  }
}
