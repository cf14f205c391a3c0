import {mkdir, readdir, writeFile} from 'node:fs/promises';
import {basename, dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {experiments} from '@minefield/spec';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import type {Finish} from '../finish.ts';
import {projectFiles} from '../new/project-files.ts';
import {folderName} from '../option-values.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';
import {version} from '../version.ts';

interface NewFlags {
  readonly name?: string;
  readonly json?: true;
}

export function newCommand(io: Terminal, finish: Finish): Command {
  return new Command('new')
    .description('begin an experiment of your own: a folder with a spec, its scripts and a page of figures')
    .argument('<folder>', 'where; a folder that is there has to be empty')
    .option('--name <name>', 'of the experiment; by the name of the folder otherwise', folderName)
    .option('--json', 'print one JSON document on standard output')
    .action(async (folder: string, flags: NewFlags) => {
      const name = flags.name ?? nameOf(folder);
      if (Object.hasOwn(experiments, name)) {
        throw new UsageError(`"${name}" is an experiment that ships; name yours otherwise, with --name`);
      }
      await requireEmpty(folder);
      const files = projectFiles({name, version, ...(isSource && {source: fromSource()})});
      for (const [path, content] of files) await write(join(folder, path), content);
      const paths = [...files.keys()];
      if (flags.json)
        io.print(JSON.stringify({folder: resolve(folder), experiment: name, files: paths}, null, 2));
      else for (const line of nextSteps(folder, name)) io.print(line);
      finish(exitCodes.done);
    });
}

/** In a clone, of which no package need be published. */
const isSource = import.meta.url.endsWith('.ts');

/** Starts this command from any folder, in the Node that runs it now. */
function fromSource(): string {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  return `"${process.execPath}" --conditions=@minefield/source "${main}"`;
}

/** @throws {UsageError} where the name of a folder makes none of an experiment */
function nameOf(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (name !== '' && name.length <= 64) return name;
  throw new UsageError(`"${folder}" makes no name for an experiment; give it one with --name`);
}

/** @throws {UsageError} where something is there that new files would mix with */
async function requireEmpty(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    const why = error.code === 'ENOTDIR' ? 'it is a file' : (error.code ?? error.message);
    throw new UsageError(`${folder} cannot be used (${why}); name another folder`);
  });
  if (entries.length > 0) {
    throw new UsageError(`${folder} is not empty; name a folder that is not there yet`);
  }
}

/** Over nothing that came there meanwhile. @throws {UsageError} where it cannot be written */
async function write(file: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(file), {recursive: true});
    await writeFile(file, content, {flag: 'wx'});
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`cannot write ${file} (${why}); name another folder`);
  }
}

function nextSteps(folder: string, name: string): string[] {
  const there = relative('', folder) || '.';
  return [
    `${name} is in ${there}. Next:`,
    '',
    ...(there === '.' ? [] : [`  cd ${/\s/.test(there) ? `"${there}"` : there}`]),
    ...(isSource ? [] : ['  npm install']),
    '  npm run run       two minutes: trains and measures',
    '  npm run open      shows the figures',
    '',
    'README.md says what to change first.',
  ];
}
