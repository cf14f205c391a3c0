import {fileURLToPath} from 'node:url';
import {checkWord} from '@minefield/core';

/** Programs that have a helper, one file each, with which a model of theirs becomes an evaluator. */
export type HelperName = 'pytorch' | 'jax';

const FILES: Readonly<Record<HelperName, string>> = {
  pytorch: 'minefield_evaluator.py',
  jax: 'minefield_evaluator_jax.py',
};

/**
 * The path of a helper: to be copied beside the model’s own program, which imports it.
 *
 * @throws {InputError} for a name that is none
 */
export function helperFile(name: HelperName): string {
  checkWord('evaluator.helperFile', 'a helper', name, ['pytorch', 'jax']);
  return fileURLToPath(new URL(`../python/${FILES[name]}`, import.meta.url));
}
