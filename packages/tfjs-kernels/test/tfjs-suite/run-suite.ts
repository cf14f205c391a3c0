import {execFile} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {runInChromium} from '../../../../.ci/run-in-chromium.ts';
import type {KernelChoice, SuiteResults} from './suite-results.ts';

const wasmPath = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));

/** CommonJS parts of the bundle ask for these. */
const banner = `import {createRequire} from 'node:module';
const require = createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** Bundles TensorFlow.js's published specs and runs them in a process of their own. */
export async function runSuite(kernels: KernelChoice | 'tensorflow'): Promise<SuiteResults> {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-suite-'));
  try {
    const [program, results] = [join(folder, 'specs.mjs'), join(folder, 'results.json')];
    await build({
      entryPoints: [
        fileURLToPath(
          new URL(kernels === 'tensorflow' ? 'specs-on-tensorflow.ts' : 'specs.ts', import.meta.url),
        ),
      ],
      alias: {
        'native-tensorflow': fileURLToPath(new URL('../../../backend/src/tensorflow', import.meta.url)),
      },
      conditions: ['@minefield/source'],
      outfile: program,
      bundle: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      // Registrations are imported for their effects, which the packages deny having.
      ignoreAnnotations: true,
      banner: {js: banner},
    });
    const env = {...process.env, KERNELS: kernels, RESULTS: results, WASM_PATH: wasmPath};
    await promisify(execFile)(process.execPath, [program], {env, maxBuffer: 1 << 26});
    return JSON.parse(readFileSync(results, 'utf8')) as SuiteResults;
  } finally {
    rmSync(folder, {recursive: true});
  }
}

/** The same in Chromium. */
export async function runSuiteInChromium(kernels: KernelChoice): Promise<SuiteResults> {
  const define = {'process.env.KERNELS': JSON.stringify(kernels), 'process.env.WASM_PATH': '""'};
  const entry = new URL('specs-in-browser.ts', import.meta.url);
  return (await runInChromium({entry, define, timeout: 400_000})) as SuiteResults;
}
