import {spawnSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, it} from 'vitest';
import {inTemporaryFolder, packageFolders, readManifest} from '../packages.ts';

const guard = resolve('.ci/release/prepack.mjs');

it('refuses to pack before a build, and says what to do', async () => {
  await inTemporaryFolder((folder) => {
    const exports = {'.': {types: './dist/index.d.ts', default: './dist/index.js'}};
    writeFileSync(join(folder, 'package.json'), JSON.stringify({publishConfig: {exports}}));
    const prepack = () => spawnSync(process.execPath, [guard], {cwd: folder, encoding: 'utf8'});
    const refused = prepack();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/expected \.\/dist\/index\.d\.ts in packages\/.*; run `pnpm build` first/);
    mkdirSync(join(folder, 'dist'));
    for (const file of ['index.d.ts', 'index.js']) writeFileSync(join(folder, 'dist', file), '');
    expect(prepack()).toMatchObject({status: 0, stdout: '', stderr: ''});
  });
});

it.each(packageFolders())('stands before every packing of %s', (folder) => {
  expect(readManifest(folder)).toMatchObject({scripts: {prepack: 'node ../../.ci/release/prepack.mjs'}});
});
