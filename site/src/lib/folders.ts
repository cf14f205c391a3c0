/** Where the site finds what it shows. */
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
 * Absolute folders from the environment, relative ones taken from the working directory; without a setting, the
 * repository's own.
 *
 * @param site folder of the site
 */
export function inputFolders(env: NodeJS.ProcessEnv, workingDirectory: string, site: string): Folders {
  const folder = (setting: string | undefined, otherwise: string): string =>
    setting === undefined || setting === '' ? resolve(site, otherwise) : resolve(workingDirectory, setting);
  return {
    results: folder(env['MINEFIELD_RESULTS'], '../results'),
    benchmarks: folder(env['MINEFIELD_BENCH_RESULTS'], '../bench/results'),
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
