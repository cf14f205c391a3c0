import {writeFileSync} from 'node:fs';
import type {Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {runServer} from 'verdaccio';

export interface Registry {
  /** Lines of an `.npmrc` that has the scope read here, and published here without an account. */
  readonly npmrc: string;
  close(): void;
}

/** A registry on loopback that knows nothing but what is published to it, and keeps that in `folder`. */
export async function serveRegistry(folder: string): Promise<Registry> {
  const config = join(folder, 'config.yaml');
  const settings = {
    storage: join(folder, 'storage'),
    auth: {htpasswd: {file: join(folder, 'htpasswd'), max_users: -1}},
    packages: {'**': {access: '$all', publish: '$all', unpublish: '$all'}},
    max_body_size: '64mb',
    web: {enable: false},
    log: {type: 'stdout', level: 'fatal'},
  };
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(settings));
  const server = (await runServer(config)) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = `//127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    npmrc: `@minefield:registry=http:${place}\n${place}:_authToken=nobody\n`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
