import {readFileSync} from 'node:fs';
import {helperFile} from '@minefield/evaluator';
import {Command} from 'commander';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface EvaluatorFlags {
  readonly python?: true;
  readonly jax?: true;
}

/** What a program of somebody's own imports to be an `--evaluator`. */
export function evaluatorCommand(io: Terminal): Command {
  return new Command('evaluator')
    .description('print what lets a model of yours be measured where it is, to be saved beside its program')
    .option('--python', 'for PyTorch: minefield evaluator --python > minefield_evaluator.py')
    .option('--jax', 'for JAX: minefield evaluator --jax > minefield_evaluator_jax.py')
    .action(({python, jax}: EvaluatorFlags) => {
      if ((python === undefined) === (jax === undefined)) {
        throw new UsageError('expected either --python or --jax, which are the helpers there are; name one');
      }
      io.print(readFileSync(helperFile(python ? 'pytorch' : 'jax'), 'utf8').trimEnd());
    });
}
