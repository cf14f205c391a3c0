import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {packageFolders} from '../packages.ts';
import {stampManifest, stampReadme} from './stamp.ts';

const home = {address: 'https://github.com/someone/minefield', directory: 'packages/queue'};
const at = {tag: '@minefield/queue@0.1.0', root: '.'};
const blob = 'https://github.com/someone/minefield/blob/@minefield/queue@0.1.0';

describe('stampManifest', () => {
  const manifest = {name: '@minefield/queue', publishConfig: {access: 'public'}};

  it('says where the package lives in the repository, and keeps the rest', () => {
    expect(stampManifest(manifest, home, {provenance: false})).toEqual({
      name: '@minefield/queue',
      homepage: 'https://github.com/someone/minefield/tree/HEAD/packages/queue#readme',
      bugs: 'https://github.com/someone/minefield/issues',
      repository: {
        type: 'git',
        url: 'git+https://github.com/someone/minefield.git',
        directory: 'packages/queue',
      },
      publishConfig: {access: 'public'},
    });
  });

  it('asks for provenance where there is somebody to state it', () => {
    const {publishConfig} = stampManifest(manifest, home, {provenance: true});
    expect(publishConfig).toEqual({access: 'public', provenance: true});
  });
});

describe('stampReadme', () => {
  it('leads from links into the repository to what was there at the tag', () => {
    expect(stampReadme('[`spec`](../spec), [how](../cli/docs/cluster.md#slurm)', home, at)).toBe(
      `[\`spec\`](${blob}/packages/spec), [how](${blob}/packages/cli/docs/cluster.md#slurm)`,
    );
  });

  it('leaves alone what is no such link', () => {
    for (const text of [
      '[Redis](https://redis.io)',
      '[above](#conventions)',
      'call `handlers[0](event)`',
      '```js\nhandlers[0](event);\n```',
      '    minefield [options](FILE)',
    ])
      expect(stampReadme(text, home, at)).toBe(text);
  });

  it('refuses a link that leads nowhere', () => {
    expect(() => stampReadme('[gone](docs/gone.md)', home, at)).toThrow(
      'expected packages/queue/docs/gone.md, which the README of packages/queue leads to, got none',
    );
  });

  it.each(packageFolders())('finds all that the README of %s leads to', (directory) => {
    const readme = readFileSync(join(directory, 'README.md'), 'utf8');
    const stamped = stampReadme(readme, {...home, directory}, at);
    const links = [...stamped.matchAll(/\]\((?!https:|http:|#)([^)\s]+)\)/g)].map(
      ([, target]) => target ?? '',
    );
    expect(links.filter((target) => existsSync(join(directory, target)))).toEqual([]);
  });
});
