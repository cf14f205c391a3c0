/** The packages' exports and doc comments, read once for each state of the sources. */
import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {glob, mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ApiEntry} from '../api/api.ts';

let entries: Promise<readonly ApiEntry[]> | undefined;

/** @throws {Error} that says what is wrong with which doc comment */
export function readApi(): Promise<readonly ApiEntry[]> {
  return (entries ??= load(import.meta.env.FOLDERS.repository));
}

async function load(repository: string): Promise<readonly ApiEntry[]> {
  const folder = join(repository, 'site/node_modules/.cache/minefield-api');
  const kept = join(folder, `${await stateOf(repository)}.json`);
  const text = await readFile(kept, 'utf8').catch(async () => {
    const read = await extract(repository);
    await mkdir(folder, {recursive: true});
    // Several builds may do this at once.
    const unfinished = `${kept}.${process.pid}`;
    await writeFile(unfinished, read);
    await rename(unfinished, kept);
    return read;
  });
  return JSON.parse(text) as readonly ApiEntry[];
}

async function extract(repository: string): Promise<string> {
  const script = join(repository, 'site/src/api/extract.ts');
  try {
    const {stdout} = await promisify(execFile)(process.execPath, [script, repository], {maxBuffer: 2 ** 26});
    return stdout;
  } catch (error) {
    const {stderr = ''} = error as {stderr?: string};
    throw new Error(`site.readApi: expected doc comments without fault, got:\n${stderr}`, {cause: error});
  }
}

/** A hash of all that the reference is made of. */
async function stateOf(repository: string): Promise<string> {
  const files: string[] = ['pnpm-lock.yaml', 'tsconfig.check.json', 'site/tsconfig.api.json'];
  for await (const file of glob(['packages/*/src/**/*.ts', 'site/src/api/*.ts'], {cwd: repository}))
    if (!file.endsWith('.test.ts')) files.push(file);
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(file).update(await readFile(join(repository, file)));
  return hash.digest('hex').slice(0, 16);
}
