import {spawn} from 'node:child_process';

export interface Place {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end while this process goes on. @returns undefined, or what it said where it failed */
export function execute(
  command: string,
  args: readonly string[],
  {cwd, env = process.env}: Place,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {cwd, env, stdio: ['ignore', 'pipe', 'pipe']});
    let said = `${command} ${args.join(' ')}\n`;
    const hear = (piece: Buffer): void => void (said += piece.toString());
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve(said + error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : said));
  });
}
