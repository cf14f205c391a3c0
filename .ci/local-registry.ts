import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {basename} from 'node:path';

export interface LocalRegistry {
  /** Line of an `.npmrc` that has installers look here for packages of the scope, and nowhere else. */
  readonly npmrc: string;
  close(): void;
}

interface PublishedManifest {
  readonly name: string;
  readonly version: string;
}

/** Serves packed packages on loopback as a registry would once they are published. */
export async function serveTarballs(scope: string, tarballs: readonly string[]): Promise<LocalRegistry> {
  const answers = new Map<string, string | Buffer>();
  const server = createServer((request, response) => {
    const body = answers.get(decodeURIComponent(request.url ?? ''));
    response.writeHead(body === undefined ? 404 : 200, {'cache-control': 'no-store'});
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const tarball of tarballs) {
    const file = `/tarballs/${basename(tarball)}`;
    const bytes = readFileSync(tarball);
    const manifest = manifestIn(tarball);
    answers.set(file, bytes);
    answers.set(`/${manifest.name}`, JSON.stringify(packument(manifest, new URL(file, url).href, bytes)));
  }
  return {npmrc: `${scope}:registry=${url}\n`, close: () => server.close()};
}

/** What a registry says of a package with one version, long published: installers mistrust those of today. */
function packument(manifest: PublishedManifest, tarball: string, bytes: Buffer): unknown {
  const {name, version} = manifest;
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const published = '2020-01-01T00:00:00.000Z';
  return {
    name,
    'dist-tags': {latest: version},
    versions: {[version]: {...manifest, dist: {tarball, integrity}}},
    time: {created: published, modified: published, [version]: published},
  };
}

function manifestIn(tarball: string): PublishedManifest {
  const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {encoding: 'utf8'});
  return JSON.parse(text) as PublishedManifest;
}
