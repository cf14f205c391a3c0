import {type EvaluatorProcess, plain} from './evaluator-process.ts';
import type {Frame} from './frame.ts';
import {refusal} from './refusal.ts';
import {shownError} from './shown.ts';

/** How much of a trace is shown: its end, where the error is. */
const TRACE_CHARACTERS = 4000;

/** What an evaluator says went wrong, with the trace that it gives. @param asked the word of the request */
export function failureIn(header: Frame['header'], asked: string): Error {
  const said = 'error' in header ? `the error ${shownError(header['error'])}` : 'word that it was cancelled';
  const trace =
    typeof header['trace'] === 'string'
      ? `:\n${plain(header['trace'].slice(-TRACE_CHARACTERS)).trimEnd()}`
      : '';
  return refusal(`an answer to "${asked}"`, `${said} of the evaluator`, `correct its program${trace}`);
}

/** That a program does not introduce itself. */
export function noHello(child: EvaluatorProcess, program: string, timeoutMs: number): Error {
  return refusal(
    `the hello of ${program} within ${timeoutMs / 1000} s`,
    'none',
    `allow more time, or see that the program comes to its serve(…)${child.lastWords()}`,
  );
}

/** That an answer does not come. */
export function tooLate(asked: string, timeoutMs: number): Error {
  return refusal(
    `an answer to "${asked}" within ${timeoutMs / 1000} s`,
    'none',
    'it was ended; allow more time, or let it evaluate fewer examples',
  );
}
