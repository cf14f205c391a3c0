import {spawn} from 'node:child_process';

export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Lets it speak with whoever sits at the terminal. Default false. */
  readonly atTerminal?: boolean;
}

export interface Outcome {
  /** The command, and all that it said, where it failed. */
  readonly failure: string | undefined;
  /** What it wrote to its standard output. */
  readonly output: string;
}

/** Runs a program to its end while this process goes on. */
export function hear(
  command: string,
  args: readonly string[],
  {cwd, env = process.env, atTerminal = false}: Place,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: atTerminal ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let said = `${command} ${args.join(' ')}\n`;
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
      said += piece;
    });
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => void (said += piece));
    child.on('error', (error) => resolve({failure: said + error.message, output}));
    child.on('close', (code) => resolve({failure: code === 0 ? undefined : said, output}));
  });
}

/** The same. @returns undefined, or what it said where it failed */
export async function execute(
  command: string,
  args: readonly string[],
  place: Place,
): Promise<string | undefined> {
  return (await hear(command, args, place)).failure;
}

/** The same. @throws Error with what it said where it failed */
export async function run(command: string, args: readonly string[], place: Place): Promise<void> {
  const failure = await execute(command, args, place);
  if (failure !== undefined) throw new Error(failure);
}
