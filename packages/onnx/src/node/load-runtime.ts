import {InputError} from '@minefield/core';
import type {OnnxRuntime} from '../objective/runtime.ts';

const RUNTIME = 'onnxruntime-node';

/**
 * Loads `onnxruntime-node`, which nothing here installs: it takes 288 MB, for all platforms at once.
 *
 * @throws {InputError} with the command that installs it, where it is not there
 */
export async function loadRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (!missing || !error.message.includes(`'${RUNTIME}'`)) throw error;
    throw new InputError(
      `onnx.loadRuntime: expected ${RUNTIME}, which evaluates models of ONNX, got none; ` +
        `npm install --ignore-scripts ${RUNTIME}, or pnpm add --ignore-scripts ${RUNTIME}`,
    );
  }
}
