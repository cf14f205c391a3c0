import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Generator, createGenerator} from '@minefield/core';
import {withoutProvenance} from '@minefield/results';
import {type RedisServer, startRedis} from '../../../../.ci/redis-server.ts';
import {type Command, type Ended, start} from './command.ts';
import {FAULT_JOBS, faultSpec} from './spec.ts';

/** What came of the faults of one kind. */
export interface Verdict {
  readonly lost: number;
  readonly duplicated: number;
  readonly differing: number;
  /** Files that are left over. */
  readonly stray: readonly string[];
}

/** A temporary folder to break sweeps in, and what a quiet one gave. */
export class Ground {
  readonly root: string = mkdtempSync(join(tmpdir(), 'minefield-faults-'));
  readonly spec: string = join(this.root, 'faults.json');
  readonly random: Generator;
  #reference: ReadonlyMap<string, string> = new Map();
  #folders = 0;
  readonly #running = new Set<Command>();
  readonly #servers = new Set<RedisServer>();

  constructor(seed: number) {
    this.random = createGenerator(seed, 'faults');
    writeFileSync(this.spec, JSON.stringify(faultSpec));
  }

  /** A quiet sweep by a single worker. */
  async makeReference(): Promise<void> {
    const folder = this.newFolder();
    const {code, notes} = await this.run(folder, ['--workers', '1']).ended;
    if (code !== 0) throw new Error(`the quiet sweep ended with exit code ${code}: ${notes}`);
    this.#reference = contentsOf(folder);
  }

  newFolder(): string {
    return join(this.root, `out-${this.#folders++}`);
  }

  run(folder: string, flags: readonly string[], environment?: NodeJS.ProcessEnv): Command {
    // With a queue, its workers take the snapshots.
    const snapshots = flags.includes('--queue') ? [] : ['--snapshots', '0'];
    return this.#start(
      ['run', this.spec, '--out', folder, ...snapshots, '--networks', '1', '--json', ...flags],
      environment,
    );
  }

  worker(url: string, flags: readonly string[] = [], environment?: NodeJS.ProcessEnv): Command {
    return this.#start(
      ['worker', '--queue', url, '--workers', '1', '--lock', '2', '--snapshots', '0', ...flags],
      environment,
    );
  }

  async redis(persistent = false): Promise<RedisServer> {
    const server = await startRedis({persistent});
    this.#servers.add(server);
    return server;
  }

  #start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Command {
    const command = start(args, {XDG_STATE_HOME: join(this.root, 'state'), ...environment});
    this.#running.add(command);
    void command.ended.then(() => this.#running.delete(command));
    return command;
  }

  /** A random time in milliseconds. */
  instant(most: number): number {
    return most * this.random.uniform();
  }

  /** Runs until a sweep ends well. */
  async finish(folder: string, flags: readonly string[], environment?: NodeJS.ProcessEnv): Promise<void> {
    let last: Ended | undefined;
    for (let attempt = 0; attempt < 5; attempt++) {
      last = await this.run(folder, flags, environment).ended;
      if (last.code === 0) return;
    }
    throw new Error(`no sweep ended well: ${last?.code}\n${last?.notes}\n${last?.out}`);
  }

  /** Holds what is in a folder against the quiet sweep. */
  judge(folder: string): Verdict {
    const found = contentsOf(folder);
    // Of all files, wherever they lie: a store would refuse one that is not at its place.
    const identities = [...found].flatMap(([file, text]) =>
      file.endsWith('.json') ? ((JSON.parse(text) as {identity?: string}).identity ?? []) : [],
    );
    const differing = [...this.#reference].filter(
      ([file, text]) => found.get(file) !== text && (found.has(file) || !file.endsWith('.json')),
    );
    const distinct = new Set(identities).size;
    return {
      lost: FAULT_JOBS - distinct,
      duplicated: identities.length - distinct,
      differing: differing.length,
      stray: filesOf(folder).filter((file) => !this.#reference.has(file) && !file.includes('/quarantine/')),
    };
  }

  /** Ends everything that still runs, and removes the folder. */
  async clear(): Promise<void> {
    for (const command of this.#running) {
      command.signalAll('SIGCONT');
      command.signalAll('SIGKILL');
    }
    await Promise.all([...this.#running].map(({ended}) => ended));
    await Promise.all([...this.#servers].map((server) => server.remove()));
    rmSync(this.root, {recursive: true, force: true, maxRetries: 5});
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** Every record without its provenance, and every checkpoint, by its path. */
function contentsOf(folder: string): Map<string, string> {
  const files = filesOf(folder).filter((file) => !/(^|\/)(\.|quarantine\/)/.test(file));
  return new Map(
    files.map((file) => {
      const bytes = readFileSync(join(folder, file));
      if (!file.endsWith('.json')) return [file, bytes.toString('hex')];
      return [file, JSON.stringify(withoutProvenance(JSON.parse(bytes.toString()) as never))];
    }),
  );
}
