import {InputError} from '@minefield/core';

/** What is wrong with a command, an evaluator or what is asked of it. */
export function refusal(expected: string, got: string, remedy: string): InputError {
  return new InputError(`evaluator.objectiveFromProcess: expected ${expected}, got ${got}; ${remedy}`);
}

/** The process ended, or let go of its standard output: what it was asked may be asked again of another. */
export class EvaluatorDied extends InputError {}
