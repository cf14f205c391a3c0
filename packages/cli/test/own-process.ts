import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** The real command, each time in a process of its own, in a folder that is empty at first. */
export interface OwnProcess {
  /** The path of a name in the folder. */
  at(name: string): string;
  start(
    args: readonly string[],
    environment?: NodeJS.ProcessEnv,
    /** Where it runs; default: the folder. */
    within?: string,
  ): {readonly child: ChildProcess; readonly ended: Promise<Ended>};
  minefield(...args: string[]): Promise<Ended>;
  remove(): void;
}

export function ownProcess(): OwnProcess {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-cli-'));
  const at = (name: string): string => join(folder, name);

  const start: OwnProcess['start'] = (args, environment = {}, within = folder) => {
    const child = spawn(
      process.execPath,
      ['--conditions=@minefield/source', join(import.meta.dirname, '../src/main.ts'), ...args],
      {cwd: within, env: {...process.env, XDG_STATE_HOME: at('state'), ...environment}},
    );
    let [out, notes] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (notes += String(chunk)));
    return {child, ended: new Promise((resolve) => child.on('close', (code) => resolve({code, out, notes})))};
  };

  return {
    at,
    start,
    minefield: (...args) => start(args).ended,
    remove: () => rmSync(folder, {recursive: true, force: true}),
  };
}
