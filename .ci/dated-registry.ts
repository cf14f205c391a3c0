import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {basename} from 'node:path';

/** A packed package of a made-up past. */
export interface Dated {
  readonly manifest: {readonly name: string; readonly version: string};
  readonly tarball: string;
  readonly published: Date;
}

export interface DatedRegistry {
  readonly url: string;
  close(): void;
}

/** A registry on loopback that says of each package when it was published, which real ones do not let anybody choose. */
export async function serveDated(packages: readonly Dated[]): Promise<DatedRegistry> {
  const answers = new Map<string, string | Buffer>();
  const server = createServer((request, response) => {
    const body = answers.get(decodeURIComponent(request.url ?? ''));
    response.writeHead(body === undefined ? 404 : 200);
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const {manifest, tarball, published} of packages) {
    const {name, version} = manifest;
    const bytes = readFileSync(tarball);
    const file = `tarballs/${basename(tarball)}`;
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    answers.set(`/${file}`, bytes);
    answers.set(
      `/${name}`,
      JSON.stringify({
        name,
        'dist-tags': {latest: version},
        versions: {[version]: {...manifest, dist: {tarball: url + file, integrity}}},
        time: {created: published, modified: published, [version]: published},
      }),
    );
  }
  return {url, close: () => server.close()};
}
