import {spawnSync} from 'node:child_process';

interface Said {
  /** Its exit status; null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  /** Both streams, one after the other. */
  readonly all: string;
}

/** Runs a program that a package brought to its end. @throws Error where it cannot start */
export function saidBy(program: string, args: readonly string[], cwd = '.'): Said {
  // On Windows these are scripts of its shell, which no process can be made of.
  const [command, ...rest] =
    process.platform === 'win32' ? ['cmd', '/d', '/c', program, ...args] : [program, ...args];
  const {error, status, stdout, stderr} = spawnSync(command, rest, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return {status, stdout, all: `${stdout}${stderr}`};
}

/** The same, of one that has to succeed. @returns its standard output. @throws Error with all that it said */
export function printedBy(program: string, args: readonly string[], cwd?: string): string {
  const {status, stdout, all} = saidBy(program, args, cwd);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}\n${all}`);
  return stdout;
}
