import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import type {SuiteResults} from './suite-results.ts';

/** CommonJS parts of the bundle ask for these. */
const banner = `import {createRequire} from 'node:module';
const require = createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/**
 * Bundles TensorFlow.js's published specs and runs them in a process of their own.
 *
 * @param entry module that imports the specs, and writes their results into the file in `RESULTS`
 * @param variables of its environment, besides
 */
export async function runBundledSpecs(
  entry: URL,
  variables: Readonly<Record<string, string>> = {},
): Promise<SuiteResults> {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-suite-'));
  try {
    const [program, results] = [join(folder, 'specs.mjs'), join(folder, 'results.json')];
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      conditions: ['@minefield/source'],
      // Registrations are imported for their effects, which the packages deny having.
      ignoreAnnotations: true,
      banner: {js: banner},
    });
    const env = {...process.env, ...variables, RESULTS: results};
    await promisify(execFile)(process.execPath, [program], {env, maxBuffer: 1 << 26});
    return JSON.parse(readFileSync(results, 'utf8')) as SuiteResults;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
