import {checkOptions} from '@minefield/core';
import type {BackendOptions} from './backend.ts';

/** @throws {InputError} when there are no options, or one has a key that nobody reads and would change nothing, in silence */
export function checkBackendOptions(caller: string, options: BackendOptions): void {
  checkOptions(`backend.${caller}`, options, {
    name: true,
    software: true,
    deterministic: true,
    wasmPath: true,
  });
}
