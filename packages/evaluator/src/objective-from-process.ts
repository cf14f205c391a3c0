import {type CancelSignal, type Objective, checkOptions} from '@minefield/core';
import {Evaluator, type EvaluatorOptions} from './evaluator.ts';
import {refusal} from './refusal.ts';
import {requestsFor} from './requests.ts';

export interface ProcessOptions {
  /** How long it may take to say hello, in milliseconds: it may train its model first. Default ten minutes. */
  readonly startTimeoutMs?: number;
  /** How long it may take to answer a request, in milliseconds. Default ten minutes. */
  readonly timeoutMs?: number;
  /** How often, in all, a process that died is started again, and asked again what it was asked. Default 3. */
  readonly restarts?: number;
  /** Stops the start; evaluations take signals of their own. */
  readonly signal?: CancelSignal | undefined;
}

/** An objective that another program evaluates; it has the methods that the program offers. */
export interface ProcessObjective extends Objective {
  /** In words, as the program has it. */
  readonly name: string;
  /** The program's own point, `[P]`. */
  readonly anchor: Float32Array;
  /** How many examples the loss averages over; null where it has none. */
  readonly examples: number | null;
  /** Whether evaluations take some `examples` only. */
  readonly takesExamples: boolean;
  /** What the program wants a reader to know. */
  readonly notes: readonly string[];
  /** Ends the program and whatever it started. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const TEN_MINUTES = 600_000;

/** Longest time that timers of Node know. */
const MOST_MS = 2 ** 31 - 1;

/**
 * Starts a program that evaluates a model of its own, over a pipe: see docs/protocol.md, and the helpers for PyTorch and JAX.
 * It is started without a shell, stays until `close`, is started again when it dies, and never outlives this process.
 *
 * Losses are handed over as they are, NaN and infinities included.
 *
 * @param command the program and its arguments; {@link splitCommand} makes them of a line
 * @throws {InputError} when it cannot be started, ends, or says no hello, or a wrong one, in time
 * @example await using objective = await objectiveFromProcess(['python3', 'model.py']);
 */
export async function objectiveFromProcess(
  command: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessObjective> {
  const evaluator = await Evaluator.start(command, checked(command, options));
  const {name, dimension, anchor, can, layout, batch, examples, notes} = evaluator.hello;
  const {losses, lossesAlong, gradient, hessianVector, predictions} = requestsFor(evaluator);
  const close = (): Promise<void> => evaluator.close();
  return {
    name,
    dimension,
    // That of the hello is compared with another process's.
    anchor: anchor.slice(),
    examples,
    notes,
    takesExamples: can.has('examples'),
    ...(layout && {layout}),
    preferredBatch: batch,
    loss: losses,
    ...(can.has('losses-along') && {lossAlong: lossesAlong}),
    ...(can.has('gradient') && {gradient}),
    ...(can.has('hessian-vector') && {hessianVector}),
    ...(can.has('predictions') && {predictions}),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checked(command: readonly string[], options: ProcessOptions): EvaluatorOptions {
  checkOptions('evaluator.objectiveFromProcess', options, {
    startTimeoutMs: true,
    timeoutMs: true,
    restarts: true,
    signal: true,
  });
  const {startTimeoutMs = TEN_MINUTES, timeoutMs = TEN_MINUTES, restarts = 3, signal} = options;
  if (!Array.isArray(command) || command.length === 0 || !command.every((word) => typeof word === 'string')) {
    throw refusal(
      'a program and its arguments in an array',
      JSON.stringify(command),
      'splitCommand makes one of a line',
    );
  }
  for (const [what, value] of Object.entries({startTimeoutMs, timeoutMs})) {
    if (value > 0 && value <= MOST_MS) continue;
    throw refusal(`${what} from 1 to ${MOST_MS}`, `${value}`, 'give milliseconds');
  }
  if (!Number.isInteger(restarts) || restarts < 0) {
    throw refusal('a number of restarts from 0', `${restarts}`, 'give a whole number');
  }
  return {startTimeoutMs, timeoutMs, restarts, signal};
}
