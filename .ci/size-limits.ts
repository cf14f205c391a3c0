/** What of the packages is weighed as pages get it, by `pnpm check:sizes` and `pnpm bench:sizes`. */

/**
 * The packages that a page can load, all of each under `*`, and functions that may be taken alone; with what `pnpm check:sizes`
 * allows. A limit stands a twentieth above the size on the day that it was set; that of a whole package is raised with what the
 * package offers, that of a function is not.
 */
export const sizeLimits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  backend: {'*': '54.7 kB', startBackend: '54.6 kB'},
  claims: {'*': '47.6 kB', parseClaims: '29 kB'},
  core: {'*': '9.4 kB', createGenerator: '4.7 kB'},
  datasets: {'*': '15.5 kB', twoSpirals: '1.6 kB'},
  figures: {'*': '26.3 kB', radiusHistogram: '3.1 kB'},
  landscape: {'*': '36.5 kB', basinRadii: '3.9 kB', hessianOperator: '3.6 kB', margins2d: '2.6 kB'},
  models: {'*': '29.3 kB', mlp: '3.1 kB'},
  onnx: {'*': '12.6 kB', readOnnx: '9.1 kB'},
  results: {'*': '46.1 kB', parseRecord: '41.5 kB'},
  safetensors: {'*': '3 kB', decodeSafetensors: '2.3 kB'},
  spec: {'*': '36.9 kB', parseSpec: '33.7 kB'},
  'tfjs-kernels': {'*': '53.4 kB', optimizerStep: '1.3 kB'},
  training: {'*': '13.2 kB', train: '12.8 kB'},
};

/** What a page that needs a package has already. */
export const hosts: Readonly<Record<string, readonly string[]>> = {
  backend: ['@tensorflow/*'],
  figures: ['vega', 'vega-lite'],
  models: ['@tensorflow/*'],
  onnx: ['onnxruntime-web'],
  'tfjs-kernels': ['@tensorflow/*'],
  training: ['@tensorflow/*'],
};
