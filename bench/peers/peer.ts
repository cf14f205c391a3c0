import {type ChildProcess, spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import type {Contestant} from './contest.ts';

/** PyTorch in a process of its own, which does what it is told line by line. */
export interface TorchPeer {
  readonly version: string;
  /** The workload `name` of `torch_peer.py`, prepared with `settings`, on so many threads. */
  contestant(
    name: string,
    settings: Readonly<Record<string, unknown>>,
    threads?: number,
  ): Promise<Contestant>;
  close(): void;
}

/** Debian's python3, which has Debian's torch, may stand behind another one. */
const interpreters = ['python3', '/usr/bin/python3'];

/** @returns undefined where no python3 has torch */
export async function startTorch(): Promise<TorchPeer | undefined> {
  for (const interpreter of interpreters) {
    const program = fileURLToPath(new URL('torch_peer.py', import.meta.url));
    const child = spawn(interpreter, ['-u', program], {stdio: ['pipe', 'pipe', 'ignore']});
    const ask = conversation(child);
    const hello = await ask({do: 'hello'}).catch(() => undefined);
    if (hello !== undefined) return peerOf(child, ask, String(hello['version']));
  }
  return undefined;
}

function peerOf(child: ChildProcess, ask: Conversation, version: string): TorchPeer {
  let prepared = 0;
  return {
    version,
    async contestant(workload, settings) {
      const id = prepared++;
      await ask({do: 'prepare', id, workload, settings});
      return async (calls) => Number((await ask({do: 'time', id, calls}))['seconds']);
    },
    close: () => child.kill(),
  };
}

type Answer = Readonly<Record<string, unknown>>;
type Conversation = (request: object) => Promise<Answer>;

/** Sends requests and awaits their answers, one at a time. */
function conversation(child: ChildProcess): Conversation {
  const {stdin, stdout} = child;
  if (stdin === null || stdout === null) throw new Error('bench: the peer has no pipes');
  let waiting: {resolve: (answer: Answer) => void; reject: (error: Error) => void} | undefined;
  const fail = (error: Error): void => waiting?.reject(error);
  stdin.on('error', fail);
  child.on('error', fail);
  child.on('exit', (code) => {
    fail(new Error(`bench: the PyTorch process ended with code ${code}`));
  });
  createInterface({input: stdout}).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    if (answer['error'] === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`bench: PyTorch says ${String(answer['error'])}`));
  });
  return (request) =>
    new Promise((resolve, reject) => {
      waiting = {resolve, reject};
      stdin.write(`${JSON.stringify(request)}\n`);
    });
}
