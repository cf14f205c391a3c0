/**
 * `pnpm bench:sizes`: how much of a page each package takes, and single functions of it, minified and compressed; and the two
 * WebAssembly modules of kernels beside those of the stock backend. JSON on standard output; `--out FILE` writes it instead.
 */
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {gzipSync} from 'node:zlib';
import {build, version} from 'esbuild';
import {sizeLimits} from './size-limits.ts';

/** TensorFlow.js and what draws: a page that needs these has them already. */
const OUTSIDE = ['vega', 'vega-lite', '@tensorflow/*', '@minefield/*', 'onnxruntime-web', 'node:*'];

interface Size {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: number | null;
  readonly peerName: string | null;
  readonly ratio: null;
  readonly target: null;
  readonly met: null;
}

const sizeOf = (
  name: string,
  ours: number,
  peer: number | null = null,
  peerName: string | null = null,
): Size => ({
  name,
  unit: 'kB',
  ours: ours / 1000,
  peer: peer === null ? null : peer / 1000,
  peerName,
  ratio: null,
  target: null,
  met: null,
});

const manifest = resolve('packages/tfjs-kernels/package.json');
const backend = dirname(createRequire(manifest).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
const stock = (file: string): number => statSync(join(backend, 'wasm-out', file)).size;
const carried = readFileSync('packages/tfjs-kernels/src/modules.generated.ts', 'utf8');
/** @param name of the module that the package carries inline, in base64 */
const bytesOf = (name: string): number => {
  const module = new RegExp(`${name}: string =\\s+'([^']+)'`).exec(carried)?.[1];
  if (module === undefined) throw new Error(`expected ${name} among the modules that tfjs-kernels carries`);
  return Buffer.from(module, 'base64').length;
};

const rows: Size[] = [
  sizeOf(
    'kernels in WebAssembly, for any SIMD',
    bytesOf('simdModule'),
    stock('tfjs-backend-wasm-simd.wasm'),
    'stock backend, which they stand beside',
  ),
  sizeOf('kernels in WebAssembly, for relaxed SIMD', bytesOf('relaxedModule')),
];
for (const [name, limits] of Object.entries(sizeLimits)) {
  for (const part of Object.keys(limits)) {
    const [what, taken] = part === '*' ? ['', '*'] : [`: ${part} alone`, `{${part}}`];
    const size = await compressed(`packages/${name}`, `export ${taken} from './src/index.ts';`);
    rows.push(sizeOf(`@minefield/${name}${what}, gzip`, size));
  }
}

const {values} = parseArgs({options: {out: {type: 'string'}}});
const document = `${JSON.stringify({machine: `minified by esbuild ${version}`, rows}, null, 2)}\n`;
if (values.out === undefined) process.stdout.write(document);
else writeFileSync(values.out, document);

/** Bytes of a module as pages get it, without the packages that it imports. */
async function compressed(folder: string, contents: string): Promise<number> {
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: resolve(folder)},
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['@minefield/source'],
    external: OUTSIDE,
    write: false,
  });
  return outputFiles.reduce((sum, {contents: code}) => sum + gzipSync(code, {level: 9}).length, 0);
}
