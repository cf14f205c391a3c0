import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import type {Contestant} from '../contest.ts';

/** A library in a process of its own, on one thread, which does what it is told line by line. */
export interface Peer {
  /** With its version: `JAX 0.9.2`. */
  readonly name: string;
  readonly workloads: readonly string[];
  /** Prepares one of its workloads. */
  contestant(workload: string, settings: Readonly<Record<string, unknown>>): Promise<Contestant>;
  /** Lets go of all that was prepared. */
  forget(): Promise<void>;
  close(): void;
}

/** The system's Python; Debian's, which has Debian's packages, may stand behind another one. */
export const SYSTEM: readonly string[] = ['python3', '/usr/bin/python3'];

/**
 * The peer of the first interpreter that is there and has the library.
 *
 * @param program of this folder, which calls `serve`
 */
export async function startPeer(
  interpreters: readonly string[],
  program: string,
  options: readonly string[] = [],
): Promise<Peer | undefined> {
  for (const interpreter of interpreters) {
    const peer = await startOn(interpreter, program, options);
    if (peer !== undefined) return peer;
  }
  return undefined;
}

async function startOn(
  interpreter: string,
  program: string,
  options: readonly string[],
): Promise<Peer | undefined> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  // Compiled Python would be left beside the sources.
  const child = spawn(interpreter, ['-B', '-u', path, ...options], {stdio: ['pipe', 'pipe', 'ignore']});
  const ask = conversation(child, program);
  const hello = await ask({do: 'hello'}).catch(() => undefined);
  if (hello === undefined) return undefined;
  let prepared = 0;
  return {
    name: String(hello['name']),
    workloads: hello['workloads'] as readonly string[],
    async contestant(workload, settings) {
      const id = prepared++;
      await ask({do: 'prepare', id, workload, settings});
      return async (calls) => Number((await ask({do: 'time', id, calls}))['seconds']);
    },
    forget: async () => void (await ask({do: 'forget'})),
    close: () => child.kill(),
  };
}

type Answer = Readonly<Record<string, unknown>>;
type Conversation = (request: object) => Promise<Answer>;

/** Sends requests and awaits their answers, one at a time. */
function conversation(child: ChildProcess, program: string): Conversation {
  const {stdin, stdout} = child;
  if (stdin === null || stdout === null) throw new Error('bench: the peer has no pipes');
  let waiting: {resolve: (answer: Answer) => void; reject: (error: Error) => void} | undefined;
  const fail = (error: Error): void => waiting?.reject(error);
  stdin.on('error', fail);
  child.on('error', fail);
  child.on('exit', (code) => {
    fail(new Error(`bench: ${program} ended with code ${code}`));
  });
  createInterface({input: stdout}).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    if (answer['error'] === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`bench: ${program} says ${String(answer['error'])}`));
  });
  return (request) =>
    new Promise((resolve, reject) => {
      waiting = {resolve, reject};
      stdin.write(`${JSON.stringify(request)}\n`);
    });
}
