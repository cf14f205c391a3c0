import {type ChildProcess, spawn} from 'node:child_process';
import type {Readable, Writable} from 'node:stream';

/** An evaluator's process and its pipes. */
export interface EvaluatorProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** How it ended, such as `the end of its process, with exit code 1`, once it did. */
  readonly ended: Promise<string>;
  /** The end of what it said on standard error, to stand after a message; empty where it said nothing. */
  lastWords(): string;
  /** Ends it and whatever it started, at once. */
  kill(): void;
}

/** How much of its standard error is kept. */
const KEPT_CHARACTERS = 4000;

/** How long pipes may stay open after the process has ended, held by something that it started. */
const LINGERING_MS = 500;

/**
 * Starts an evaluator in a process group of its own, so that Ctrl-C does not reach it and it ends with all that it started.
 * It keeps neither this process alive nor, where the operating system tells it that its pipes are closed, itself.
 */
export function startProcess([program = '', ...args]: readonly string[]): EvaluatorProcess {
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: {...process.env, MINEFIELD_EVALUATOR: '1'},
  });
  const {promise: ended, resolve} = Promise.withResolvers<string>();
  let words = '';
  let gone = false;
  const kill = (): void => {
    if (!gone) killGroup(child);
  };
  process.once('exit', kill);
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    words = (words + piece).slice(-KEPT_CHARACTERS);
  });
  // What could not be written is told by the end of the process.
  child.stdin.on('error', () => undefined);
  child.on('error', ({message}) => {
    process.off('exit', kill);
    resolve(`a program that cannot be started (${message})`);
  });
  child.on('exit', (code, signal) => {
    // What it started may still run; later its number may be somebody else's.
    kill();
    gone = true;
    process.off('exit', kill);
    const how =
      signal === null
        ? `the end of its process, with exit code ${code}`
        : `the end of its process, by ${signal}`;
    child.on('close', () => resolve(how));
    setTimeout(() => resolve(how), LINGERING_MS).unref();
  });
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) unref(handle);
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    lastWords: () => (words.trim() === '' ? '' : `. Its last words:\n${plain(words).trimEnd()}`),
    kill,
  };
}

/** The group of a process has its number, and may outlive it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}

/** Sockets and processes have it; the types of streams do not say so. */
function unref(handle: object): void {
  if ('unref' in handle && typeof handle.unref === 'function') handle.unref();
}

/** Without what would move a terminal's cursor or change its colours; tabs and ends of lines stay. */
export function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(/[^\P{C}\n\t]/gu, '');
}
