/** Runs Node where no way leads to the network. */
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface NodeRun {
  /** Who tried the closed network, a line for each attempt; empty where nobody did. */
  readonly attempts: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunNodeOptions {
  /** The folder to run in. */
  readonly cwd: string;
  /** A module of TypeScript to run as if it stood there; without it, `args` say what runs. */
  readonly code?: string;
  readonly args?: readonly string[];
  /** Whether it may use the network; otherwise that is closed, to each Node that it starts too. Default false. */
  readonly network?: boolean;
}

export function runNode({cwd, code, args = [], network = false}: RunNodeOptions): NodeRun {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-network-'));
  const file = join(folder, 'attempts');
  writeFileSync(file, '');
  const closed = {
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'closed-sockets.ts')}`,
    MINEFIELD_ATTEMPTS: file,
  };
  const module = code === undefined ? [] : ['--input-type=module-typescript', '-'];
  try {
    const {status, stdout, stderr} = spawnSync(
      process.execPath,
      ['--conditions=@minefield/source', ...module, ...args],
      {cwd, input: code ?? '', encoding: 'utf8', env: {...process.env, ...(network ? {} : closed)}},
    );
    return {attempts: readFileSync(file, 'utf8'), status, stdout, stderr};
  } finally {
    rmSync(folder, {recursive: true});
  }
}
