import {join} from 'node:path';
import {type Metafile, build} from 'esbuild';
import {describe, expect, it} from 'vitest';

/** What pages read records with, and how many bytes each may weigh, minified, with all that it needs. */
const packages = [
  {name: 'spec', limit: 125_000},
  {name: 'results', limit: 150_000},
  {name: 'claims', limit: 145_000},
  {name: 'figures', limit: 70_000},
];

/** Left out of the bundles, so that an import of them shows. */
const outside = ['vega', 'vega-lite', '@tensorflow/*', 'node:*'];

describe.each(packages)('importing $name', ({name, limit}) => {
  it('loads neither TensorFlow.js nor modules of Node', async () => {
    const {inputs} = await bundle(name, "export * from './src/index.ts';");
    const imported = Object.values(inputs).flatMap(({imports}) => imports);
    expect(imported.length).toBeGreaterThan(10);
    const strangers = imported.filter(({path, external}) => external === true && !path.startsWith('vega'));
    expect(strangers.map(({path}) => path)).toEqual([]);
  });

  it(`brings at most ${limit / 1000} kB to a page, and English messages alone`, async () => {
    const {outputs} = await bundle(name, "export * from './src/index.ts';");
    const [page] = Object.values(outputs);
    console.log(`${name}: ${page?.bytes} bytes minified`);
    expect(page?.bytes).toBeLessThan(limit);
    expect(localesIn(outputs)).toEqual(name === 'figures' ? [] : ['en.js']);
  });
});

it('finds what must not be there where it is', async () => {
  const {inputs, outputs} = await bundle(
    'experiments',
    "export {z} from 'zod'; export {startBackend} from '@minefield/backend'; export * from 'node:fs';",
  );
  const imported = Object.values(inputs).flatMap(({imports}) => imports.map(({path}) => path));
  expect(imported).toEqual(expect.arrayContaining(['@tensorflow/tfjs-core', 'node:fs']));
  expect(localesIn(outputs).length).toBeGreaterThan(20);
});

/** What a bundler makes of a module in a package's folder, for a page. */
async function bundle(name: string, contents: string): Promise<Metafile> {
  const {metafile} = await build({
    stdin: {contents, resolveDir: join(import.meta.dirname, name)},
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@minefield/source'],
    external: outside,
    metafile: true,
    write: false,
  });
  return metafile;
}

/** Languages of zod's messages that are part of a bundle. */
function localesIn(outputs: Metafile['outputs']): string[] {
  return Object.values(outputs).flatMap(({inputs}) =>
    Object.entries(inputs)
      .filter(([path, {bytesInOutput}]) => path.includes('zod/v4/locales/') && bytesInOutput > 0)
      .map(([path]) => path.slice(path.lastIndexOf('/') + 1)),
  );
}
