declare module 'jasmine-core/lib/jasmine-core/jasmine.js' {
  const jasmineRequire: {
    core(requirer: unknown): Jasmine;
    interface(jasmine: Jasmine, env: JasmineEnv): Record<string, unknown>;
  };
  export default jasmineRequire;
}

interface Jasmine {
  getEnv(): JasmineEnv;
}

interface JasmineEnv {
  configure(options: {random: boolean}): void;
  addReporter(reporter: object): void;
  execute(): void;
}

declare const jasmine: Jasmine;

declare module '@tensorflow/tfjs-core/dist/tests.js';
declare module '@tensorflow/tfjs-core/dist/register_all_gradients.js';
