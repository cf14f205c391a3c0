import {defineConfig} from 'vite';

export default defineConfig({
  // In this repository packages are read from their sources; with packages from a registry this line goes.
  resolve: {conditions: ['@minefield/source', 'module', 'browser', 'development|production']},
  // TensorFlow.js speaks of `global`, as in Node.
  define: {global: 'globalThis'},
  build: {target: 'esnext'},
});
