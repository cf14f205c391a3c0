import {type CancelSignal, importParameters, InputError} from '@minefield/core';
import {objectiveFromProcess, type ProcessObjective} from '@minefield/evaluator';
import type {Subject} from '@minefield/landscape';
import {decodeSafetensors} from '@minefield/safetensors';
import {checksOn} from '../measurements/single-examples.ts';
import {restingNote} from './notes-on.ts';
import {readBytes} from './read-bytes.ts';

export interface EvaluatorOptions {
  /** A safetensors file of another point than the evaluator's own, its tensors named as the evaluator's layout has them. */
  readonly checkpoint?: string | undefined;
  /** How long the evaluator may take to start, and to answer. Default ten minutes. */
  readonly timeoutMs?: number;
  readonly signal?: CancelSignal | undefined;
}

/**
 * A model that a program of the caller's evaluates, which runs until the subject is closed.
 *
 * @param command the program and its arguments
 * @throws {InputError} when it does not start or keep to the protocol, or the checkpoint is of another model
 */
export async function evaluatorSubject(
  command: readonly string[],
  {checkpoint, timeoutMs, signal}: EvaluatorOptions,
): Promise<Subject> {
  const objective = await objectiveFromProcess(command, {
    ...(timeoutMs !== undefined && {startTimeoutMs: timeoutMs, timeoutMs}),
    signal,
  });
  try {
    const anchor = checkpoint === undefined ? objective.anchor : await pointIn(checkpoint, objective);
    const {name, examples, takesExamples, layout, notes} = objective;
    return {
      name,
      objective,
      anchor,
      examples,
      ...(takesExamples && examples !== null && checksOn(examples)),
      notes: [
        ...notes,
        ...(checkpoint === undefined ? [] : [`the point is that of ${checkpoint}`]),
        ...restingNote(anchor, layout),
      ],
      close: () => objective.close(),
    };
  } catch (error) {
    await objective.close();
    throw error;
  }
}

async function pointIn(file: string, {layout}: ProcessObjective): Promise<Float32Array> {
  if (!layout) {
    throw new InputError(
      `experiments.evaluatorSubject: expected an evaluator that names its parameters for the point of ${file}, got none; ` +
        'leave the checkpoint out, or let the evaluator load it',
    );
  }
  const {tensors} = decodeSafetensors(await readBytes(file, 'a checkpoint'));
  const rules = layout.slices.map(({name}) => ({tensor: name, slice: name}));
  return importParameters(tensors, layout, rules).theta;
}
