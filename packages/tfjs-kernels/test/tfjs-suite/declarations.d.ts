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

/** Names of the backend's files, which the bundle finds by an alias: this package stands below it. */
declare module 'native-tensorflow/build-folder.ts' {
  export function findBuild(): string | null;
}

declare module 'native-tensorflow/load-build.ts' {
  export function loadBuild(folder: string): unknown;
}
