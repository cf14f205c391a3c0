import {CommanderError} from 'commander';
import {exitCodes} from './exit-codes.ts';
import {createProgram} from './program.ts';
import {terminal} from './terminal/terminal.ts';

/**
 * Runs the command line, as `minefield` with these arguments does.
 *
 * @returns the exit code: 0 done, 1 a claim or check failed, 2 bad usage or input, 130 interrupted
 */
export async function runCli(args: readonly string[]): Promise<number> {
  const io = terminal(process.stdout, process.stderr);
  let code: number = exitCodes.done;
  const finish = (result: number): void => {
    code = result;
  };
  try {
    const program = await createProgram(io, finish, args);
    await program.parseAsync(args, {from: 'user'});
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
    // It knows the errors of every package, and loads them all.
    const {describeError} = await import('./describe-error.ts');
    io.note(`${io.style('red', 'error:')} ${describeError(error)}`);
    return exitCodes.badInput;
  }
}
