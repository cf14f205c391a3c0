import {execFile} from 'node:child_process';
import {availableParallelism, cpus, totalmem} from 'node:os';
import {sep} from 'node:path';
import {promisify} from 'node:util';
import type {Provenance} from '../record.ts';

export interface ProvenanceOptions {
  readonly startedAt: Date;
  readonly wallSeconds: number;
  readonly backend: Provenance['backend'];
  /** Versions of the packages that took part, as `packageVersions` finds them. */
  readonly packages: Readonly<Record<string, string>>;
  /** A folder of the working tree whose commit is recorded; none is in `node_modules`. Default: the current folder. */
  readonly directory?: string;
}

/** What records call this machine: `MINEFIELD_MACHINE`, or its CPU's name. */
export function machineName(): string {
  return process.env['MINEFIELD_MACHINE']?.trim() || cpuName();
}

function cpuName(): string {
  return cpus()[0]?.model.trim() || process.arch;
}

/**
 * Says when, where and with what work was done. The machine goes by `MINEFIELD_MACHINE` or its CPU's name, and by the random
 * number `MINEFIELD_MACHINE_ID` where there is one; its host name stays private. Outside a git repository, or without git, the commit is null.
 */
export async function collectProvenance(options: ProvenanceOptions): Promise<Provenance> {
  const {startedAt, wallSeconds, backend, packages, directory = process.cwd()} = options;
  const gitCommit = await git(directory, 'rev-parse', '--verify', 'HEAD');
  // Results change while an experiment runs; only the code's state matters.
  const changes = await git(
    directory,
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    ':/',
    ':(top,exclude)results',
  );
  const id = process.env['MINEFIELD_MACHINE_ID'] ?? '';
  return {
    createdAt: startedAt.toISOString(),
    wallSeconds: Number(wallSeconds.toFixed(3)),
    packages: {...packages},
    gitCommit,
    gitDirty: changes !== null && changes !== '',
    backend: {...backend},
    machine: {
      name: machineName(),
      ...(/^[0-9a-f]{12}$/.test(id) && {id}),
      cpu: cpuName(),
      cores: availableParallelism(),
      memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
      platform: `${process.platform} ${process.arch}`,
    },
    node: process.versions.node,
  };
}

async function git(directory: string, ...parameters: readonly string[]): Promise<string | null> {
  if (directory.split(sep).includes('node_modules')) return null;
  try {
    const env = {...process.env, GIT_OPTIONAL_LOCKS: '0'};
    const {stdout} = await promisify(execFile)('git', parameters, {cwd: directory, env});
    return stdout.trim();
  } catch {
    return null;
  }
}
