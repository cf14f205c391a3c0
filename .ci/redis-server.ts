import {type ChildProcess, spawn} from 'node:child_process';
import {accessSync, constants, mkdtempSync, rmSync} from 'node:fs';
import {createServer, connect} from 'node:net';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';

/** The system's redis-server (or Valkey's); null where there is none. */
export const redisPath: string | null = find(['redis-server', 'valkey-server']);

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly password: string;
  /** Ends it at once, as a machine that loses its power; a clean end would write what it has. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what it kept. */
  start(): Promise<void>;
  /** The answer to a command that needs no password, such as `FLUSHALL`. */
  ask(command: string): Promise<string>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

export interface RedisOptions {
  /** Whether every write is on disk before it is answered. Default false: nothing is kept. */
  readonly persistent?: boolean;
  readonly password?: string;
  /** How many databases it has, each with its own keys. Default 16. */
  readonly databases?: number;
}

/** Starts a server of its own on a free loopback port, in a temporary folder. */
export async function startRedis({
  persistent = false,
  password = '',
  databases = 16,
}: RedisOptions = {}): Promise<RedisServer> {
  const path = redisPath;
  if (path === null) throw new Error('there is no redis-server; tests that need it are to be skipped');
  const folder = mkdtempSync(join(tmpdir(), 'minefield-redis-'));
  const port = await freePort();
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const flags = [...where, '--save', '', '--databases', String(databases)];
    const keeping = persistent ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
    const secret = password === '' ? [] : ['--requirepass', password];
    child = spawn(path ?? '', [...flags, ...keeping, ...secret], {stdio: 'ignore'});
    for (const end = Date.now() + 20_000; ;) {
      if (await answers(port)) return;
      if (Date.now() > end) throw new Error(`redis-server does not answer on port ${port}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function kill(): Promise<void> {
    const running = child;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await ended;
  }

  await start();
  return {
    url: `redis://${password === '' ? '' : `:${encodeURIComponent(password)}@`}127.0.0.1:${port}`,
    port,
    password,
    kill,
    start,
    ask: (command) => ask(port, command),
    async remove() {
      await kill();
      rmSync(folder, {recursive: true, force: true});
    },
  };
}

function find(names: readonly string[]): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  for (const file of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here: the next one.
    }
  }
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Whether it takes commands: while it reads what it kept, it does not. */
async function answers(port: number): Promise<boolean> {
  return /^(\+PONG|-NOAUTH)/.test(await ask(port, 'PING').catch(() => ''));
}

/** The first piece of an answer, which is all of a short one. */
function ask(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${command}\r\n`));
    socket.once('data', (data) => {
      socket.destroy();
      resolve(String(data));
    });
    socket.once('error', reject);
  });
}
