/**
 * `pnpm check:sizes`: what a page pays for a package, and for one function of it, minified and compressed with gzip, with
 * all that it needs. A module of Node fails to bundle; TensorFlow.js where it does not belong breaks the limit by far, and
 * so do zod's messages in other languages than English. A limit stands a twentieth above the size on the day that it was
 * set; that of a whole package is raised with what the package offers, that of a function is not.
 */
import type {SizeLimitConfig} from 'size-limit';

/** What may be taken alone, and all of it under `*`; packages that need a process are not among them. */
const limits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  backend: {'*': '54.7 kB', startBackend: '54.6 kB'},
  claims: {'*': '47.4 kB', parseClaims: '29 kB'},
  core: {'*': '9.4 kB', createGenerator: '4.7 kB'},
  datasets: {'*': '15.5 kB', twoSpirals: '1.6 kB'},
  figures: {'*': '26.1 kB', radiusHistogram: '3.1 kB'},
  landscape: {'*': '36.5 kB', basinRadii: '3.9 kB', hessianOperator: '3.6 kB', margins2d: '2.6 kB'},
  models: {'*': '29.3 kB', mlp: '3.1 kB'},
  onnx: {'*': '12.6 kB', readOnnx: '9.1 kB'},
  results: {'*': '46.1 kB', parseRecord: '41.5 kB'},
  safetensors: {'*': '3 kB', decodeSafetensors: '2.3 kB'},
  spec: {'*': '36.8 kB', parseSpec: '33.7 kB'},
  'tfjs-kernels': {'*': '53.4 kB', optimizerStep: '1.3 kB'},
  training: {'*': '13.2 kB', train: '12.8 kB'},
};

/** Pages that need these have them already. */
const hosts: Readonly<Record<string, readonly string[]>> = {
  backend: ['@tensorflow/*'],
  figures: ['vega', 'vega-lite'],
  models: ['@tensorflow/*'],
  onnx: ['onnxruntime-web'],
  'tfjs-kernels': ['@tensorflow/*'],
  training: ['@tensorflow/*'],
};

export default Object.entries(limits).flatMap(([name, parts]) =>
  Object.entries(parts).map(([part, limit]) => ({
    name: part === '*' ? name : `${name}: ${part}`,
    path: `packages/${name}/src/index.ts`,
    ...(part === '*' ? {} : {import: `{ ${part} }`}),
    ignore: [...(hosts[name] ?? [])],
    gzip: true,
    limit,
    modifyEsbuildConfig: (config: object) => ({
      ...config,
      format: 'esm',
      platform: 'browser',
      conditions: ['@minefield/source'],
    }),
  })),
) satisfies SizeLimitConfig;
