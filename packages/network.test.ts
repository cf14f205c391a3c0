import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {describe, expect, it} from 'vitest';
import {readManifest} from '../.ci/packages.ts';
import {runNode} from '../.ci/run-node.ts';

// Each README's first example runs with the network closed in readme.test.ts, the command in cli/test/network.test.ts.

const root = join(import.meta.dirname, '..');
const folders = readdirSync(import.meta.dirname, {withFileTypes: true})
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(import.meta.dirname, entry.name));

describe('with the network closed', () => {
  it.each([
    ['fetch', "fetch('http://127.0.0.1:9')"],
    ['WebSocket', "new WebSocket('ws://127.0.0.1:9')"],
    ['http', "(await import('node:http')).get('http://127.0.0.1:9').on('error', () => {})"],
    ['https', "(await import('node:https')).get('https://127.0.0.1:9').on('error', () => {})"],
    ['http2', "(await import('node:http2')).connect('http://127.0.0.1:9').on('error', () => {})"],
    ['net', "(await import('node:net')).connect(9, '127.0.0.1')"],
    ['a server', "(await import('node:net')).createServer().listen(0)"],
    ['tls', "(await import('node:tls')).connect(9, '127.0.0.1')"],
    ['dgram', "(await import('node:dgram')).createSocket('udp4').send('a', 9, '127.0.0.1')"],
    ['dns', "(await import('node:dns')).lookup('localhost', () => {})"],
    ['dns with promises', "await (await import('node:dns/promises')).resolve4('localhost')"],
    ['a named import', "const {connect} = await import('node:net'); connect(9, '127.0.0.1')"],
    [
      'a worker',
      "new (await import('node:worker_threads')).Worker(`fetch('http://127.0.0.1:9')`, {eval: true}).on('error', () => {})",
    ],
    [
      'a process',
      "(await import('node:child_process')).spawnSync(process.execPath, ['-e', `fetch('http://127.0.0.1:9')`])",
    ],
  ])('whoever tries it by %s is written down', (_, code) => {
    expect(runNode({cwd: root, code: `try { ${code} } catch {}`}).attempts).toMatch(/^\w+(?:\.\w+)+ in /);
  });

  it('every entry point of every package can be imported', () => {
    const modules = folders.flatMap((folder) =>
      Object.values(readManifest(folder).exports).flatMap((entry) =>
        typeof entry === 'object' && entry !== null && '@minefield/source' in entry
          ? [join(folder, String(entry['@minefield/source']))]
          : [],
      ),
    );
    expect(modules.length).toBeGreaterThan(folders.length);
    const code = modules.map((module) => `await import(${JSON.stringify(pathToFileURL(module))});`);
    // One of them is a worker's, which would wait for work.
    const {attempts, status, stderr} = runNode({cwd: root, code: `${code.join('\n')}\nprocess.exit(0)`});
    expect(attempts).toBe('');
    expect(status, stderr).toBe(0);
  });
});
