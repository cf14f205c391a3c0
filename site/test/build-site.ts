/** Builds the site as its command does, into a folder of the test. */
import {execFile} from 'node:child_process';
import {cp, mkdir, mkdtemp, rm} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';

const site = fileURLToPath(new URL('..', import.meta.url));

export interface Sources {
  readonly results: string;
  readonly benchmarks: string;
}

/** @returns what the build printed. @throws Error whose message holds the output of a build that failed */
export async function buildSite(
  {results, benchmarks}: Sources,
  out: string,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  for (const folder of [results, benchmarks]) await mkdir(folder, {recursive: true});
  // Astro keeps what it is about to run beside its output where that is within the site, and else in one place for all builds.
  const work = join(site, '.work');
  await mkdir(work, {recursive: true});
  const own = await mkdtemp(join(work, 'build-'));
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin/astro.mjs');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NO_COLOR: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
    MINEFIELD_RESULTS: results,
    MINEFIELD_BENCH_RESULTS: benchmarks,
    MINEFIELD_SITE_CACHE: join(own, 'cache'),
    ...more,
  };
  try {
    const args = [astro, 'build', '--outDir', join(own, 'dist')];
    const {stdout, stderr} = await promisify(execFile)(process.execPath, args, {cwd: site, env});
    await cp(join(own, 'dist'), out, {recursive: true});
    return stdout + stderr;
  } catch (error) {
    const {stdout = '', stderr = ''} = error as {stdout?: string; stderr?: string};
    throw new Error(`astro build failed:\n${stdout}${stderr}`, {cause: error});
  } finally {
    await rm(own, {recursive: true});
  }
}
