import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {TensorflowBuildError} from './build-error.ts';

export interface ToolOptions {
  /** What to do where it is missing or fails. */
  readonly remedy: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** Standard output may be as long as a compiler's list of warnings. */
const LONGEST_OUTPUT = 2 ** 26;

/**
 * Runs a tool of the machine's to its end.
 *
 * @returns what it wrote to standard output
 * @throws {TensorflowBuildError} where it is missing or fails, with the last line of what it said
 * @throws the signal's own reason where it is aborted
 */
export async function runTool(
  command: string,
  args: readonly string[],
  {remedy, env, signal}: ToolOptions,
): Promise<string> {
  signal?.throwIfAborted();
  try {
    const options = {maxBuffer: LONGEST_OUTPUT, ...(env && {env}), ...(signal && {signal})};
    return (await promisify(execFile)(command, args, options)).stdout;
  } catch (error) {
    signal?.throwIfAborted();
    throw new TensorflowBuildError(`${command} to run`, complaint(error), remedy, error);
  }
}

/** How it ended, and the line in which a tool says why: the last one that speaks of an error, or else the last. */
function complaint(error: unknown): string {
  const {code, signal, stderr} = error as {code?: unknown; signal?: unknown; stderr?: unknown};
  if (typeof code === 'string') return code === 'ENOENT' ? 'no such command' : code;
  const lines = String(stderr ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const last = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1);
  const end = typeof signal === 'string' ? `an end by ${signal}` : `exit code ${String(code)}`;
  return last === undefined ? end : `${end} (${last})`;
}
