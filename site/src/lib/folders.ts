/** Where the site finds what it shows. */
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';

export interface Folders {
  /** Experiment records and claims. */
  readonly results: string;
  /** Outcomes of benchmarks. */
  readonly benchmarks: string;
  /** The repository that this site belongs to: guides, READMEs, sources of packages. */
  readonly repository: string;
}

/**
 * Absolute folders from the environment; without a setting, the repository's own.
 *
 * @param workingDirectory what relative ones are taken from
 * @param site folder of the site
 * @throws {RangeError} where a folder is named that is not there
 */
export function inputFolders(env: NodeJS.ProcessEnv, workingDirectory: string, site: string): Folders {
  const folder = (name: string, otherwise: string): string => {
    const setting = env[name];
    if (setting === undefined || setting === '') return resolve(site, otherwise);
    const path = resolve(workingDirectory, setting);
    if (existsSync(path)) return path;
    throw new RangeError(`${name}: expected a folder that is there, got ${path}; correct it, or make it`);
  };
  return {
    results: folder('MINEFIELD_RESULTS', '../results'),
    benchmarks: folder('MINEFIELD_BENCH_RESULTS', '../bench/results'),
    repository: resolve(site, '..'),
  };
}

/**
 * Address of the site's root, with its final slash, from `MINEFIELD_SITE`; undefined without it.
 *
 * @throws {RangeError} where it is no address of the web
 */
export function siteAddress(env: NodeJS.ProcessEnv): string | undefined {
  const text = env['MINEFIELD_SITE'];
  if (text === undefined || text === '') return undefined;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new RangeError(
      `MINEFIELD_SITE: expected an address such as https://example.org/minefield/, got "${text}"`,
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}
