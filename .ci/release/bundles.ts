/** Browser-safe packages as pages get them: bundled from where they were installed, and run in Chromium. */
import {readFileSync, writeFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {format} from 'node:util';
import {build as esbuild} from 'esbuild';
import {build as vite} from 'vite';
import {nodePrograms} from '../../.dependency-cruiser.mjs';
import {lines} from '../follow-page.ts';
import {readManifest} from '../packages.ts';
import {runInPage} from '../run-in-chromium.ts';
import {firstExample, importedModules} from './readme.ts';

/** Names of bundlers, and how each makes one module of `program.mjs` in a folder, without a setting of its own. */
export const bundlers: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  esbuild: async (folder) => {
    const {outputFiles} = await esbuild({
      entryPoints: ['program.mjs'],
      absWorkingDir: folder,
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  },
  Vite: async (folder) => {
    const result = await vite({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        target: 'esnext',
        rolldownOptions: {input: join(folder, 'program.mjs'), output: {codeSplitting: false}},
      },
    });
    const [output] = Array.isArray(result) ? result : [result];
    const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
    return chunk?.code ?? '';
  },
};

/** Whether a page can load what the package of `folder` exports under its own name. */
export function isBrowserSafe(folder: string): boolean {
  return !nodePrograms.includes(basename(folder));
}

/** Whether a page can run a module: nothing that it imports is for Node alone. */
export function runsInBrowsers(code: string): boolean {
  return importedModules(code).every((from) => !/^node:|[-/]node$/.test(from));
}

/**
 * Bundles the package that is installed in `home`, and runs its first example in Chromium; of one whose example is for
 * Node, everything is imported, and counted.
 *
 * @param folder the package's folder in the clone that was published
 * @returns undefined, or what failed
 */
export async function tryBundle(folder: string, bundler: string, home: string): Promise<string | undefined> {
  const {code, printed} = firstExample(readFileSync(join(folder, 'README.md'), 'utf8'));
  const example = runsInBrowsers(code);
  writeFileSync(join(home, 'example.mjs'), code);
  writeFileSync(
    join(home, 'console.mjs'),
    'globalThis.said = []; console.log = (...values) => said.push(values);\n',
  );
  writeFileSync(
    join(home, 'program.mjs'),
    example
      ? "import './console.mjs';\nimport './example.mjs';\nglobalThis.outcome = said;\n"
      : `import * as all from '${readManifest(folder).name}';\nglobalThis.outcome = Object.keys(all).length;\n`,
  );
  try {
    const program = (await bundlers[bundler]?.(home)) ?? '';
    const binaries = join(home, 'node_modules', '@tensorflow', 'tfjs-backend-wasm', 'dist');
    const outcome = await runInPage(program, {binaries});
    if (!example) return Number(outcome) > 0 ? undefined : 'expected exports, got none';
    const got = (outcome as unknown[][]).map((values) => format(...values)).join('\n');
    const [expected, seen] = [printed ?? got, got].map((text) => lines(text).join('\n'));
    return expected === seen ? undefined : `expected\n${expected}\ngot\n${seen}`;
  } catch (error) {
    return String(error);
  }
}
