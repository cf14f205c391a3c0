import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** The command in a process of its own. */
export interface Command {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said so far. */
  said(): string;
  /** Processes that it started. */
  children(): number[];
  /** Sends a signal to it and to those that it started. */
  signalAll(signal: NodeJS.Signals): void;
}

export function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Command {
  const child = spawn(process.execPath, ['--conditions=@minefield/source', MAIN, ...args], {
    env: {...process.env, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, notes] = ['', ''];
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (notes += String(chunk)));
  const ended = new Promise<Ended>((resolve) =>
    // Not `close`: those that it started hold its streams a moment longer.
    child.once('exit', (code) => setTimeout(() => resolve({code, out, notes}), 20)),
  );
  const children = (): number[] =>
    spawnSync('pgrep', ['-P', String(child.pid)], {encoding: 'utf8'})
      .stdout.split('\n')
      .filter((line) => line !== '')
      .map(Number);
  return {
    child,
    ended,
    said: () => out + notes,
    children,
    signalAll(signal) {
      for (const pid of [...children(), child.pid]) if (pid !== undefined) send(pid, signal);
    },
  };
}

/** Sends a signal to a process that may be gone. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** @throws {Error} when it does not become true in a few minutes */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 180_000; !(await holds()); await pause(25)) {
    if (performance.now() > end) throw new Error(`it did not come to this: ${what}`);
  }
}
