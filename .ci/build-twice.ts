/**
 * `pnpm check:reproducible`: built once more, from a copy of the sources in another folder, every package packs to the same
 * bytes as from here; needs `pnpm build`. So anybody can tell what a tarball of the registry was made of.
 */
import {createHash} from 'node:crypto';
import {cpSync, existsSync, mkdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {inTemporaryFolder, pack, packageFolders} from './packages.ts';
import {printedBy} from './said-by.ts';

await inTemporaryFolder((folder) => {
  const copy = join(folder, 'somewhere', 'else');
  copySources(copy);
  printedBy('pnpm', ['install', '--prefer-offline', '--frozen-lockfile', '--ignore-scripts'], copy);
  printedBy(process.execPath, ['.ci/build.ts'], copy);
  for (const source of packageFolders()) {
    const [here, there] = [source, join(copy, source)].map((built, index) => {
      const destination = join(folder, `${index}`, basename(source));
      mkdirSync(destination, {recursive: true});
      return createHash('sha256')
        .update(readFileSync(pack(built, destination)))
        .digest('hex');
    });
    if (here === there) continue;
    console.log(`${source}: SHA-256 ${here} as built here, ${there} as built once more.`);
    process.exitCode = 1;
  }
});

/** Copies what the repository would hold if all of it were committed, up to records and pages. */
function copySources(destination: string): void {
  const args = [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    '.',
    ':!results',
    ':!site/src',
  ];
  for (const file of printedBy('git', args).split('\0')) {
    if (file === '' || !existsSync(file)) continue;
    mkdirSync(dirname(join(destination, file)), {recursive: true});
    cpSync(file, join(destination, file));
  }
}
