/** Programs that packages brought, run to their end. */
import {spawn, spawnSync} from 'node:child_process';

export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  /** What it said on both streams. */
  readonly output: string;
}

/** Runs a program to its end while this process goes on. @returns undefined, or what it said where it failed */
export function execute(
  program: string,
  args: readonly string[],
  {cwd, env = process.env}: Place,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(...starting(program, args), {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
    let said = `${program} ${args.join(' ')}\n`;
    const hear = (piece: Buffer): void => void (said += piece.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve(said + error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : said));
  });
}

/** Runs a program to its end. @throws Error where it cannot start */
export function run(program: string, args: readonly string[], cwd = '.'): Outcome {
  const {error, status, stdout, stderr} = spawnSync(...starting(program, args), {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return {status, stdout, output: `${stdout}${stderr}`};
}

/** The same, for what it prints. @throws Error with what it said, where it fails */
export function printedBy(program: string, args: readonly string[], cwd?: string): string {
  const {status, stdout, output} = run(program, args, cwd);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${output}`);
  return stdout;
}

/** On Windows, programs of packages are scripts of the shell, which no process can be made of. */
function starting(program: string, args: readonly string[]): [string, string[]] {
  return process.platform === 'win32' ? ['cmd', ['/d', '/c', program, ...args]] : [program, [...args]];
}
