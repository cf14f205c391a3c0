import {builtinModules} from 'node:module';

/**
 * The layers of Minefield as rules: a package imports only what stands below it, and only through its front door.
 * The table of packages/README.md says the same in words.
 */
const mayImport = {
  core: [],
  safetensors: [],
  'tfjs-kernels': [],
  results: [],
  datasets: ['core'],
  svhn: ['core'],
  models: ['core'],
  landscape: ['core'],
  backend: ['tfjs-kernels'],
  training: ['core', 'tfjs-kernels', 'models', 'datasets'],
  figures: ['results'],
  experiments: [
    'core',
    'safetensors',
    'tfjs-kernels',
    'results',
    'datasets',
    'svhn',
    'models',
    'landscape',
    'backend',
    'training',
    'figures',
  ],
  cli: [
    'core',
    'safetensors',
    'tfjs-kernels',
    'results',
    'datasets',
    'svhn',
    'models',
    'landscape',
    'backend',
    'training',
    'figures',
    'experiments',
  ],
};

/** Packages without TensorFlow.js: their functions work on plain arrays and records. */
const arraysOnly = ['core', 'safetensors', 'datasets', 'svhn', 'landscape', 'results', 'figures'];

/** Packages that speak to the operating system anywhere in their source. */
const nodePrograms = ['svhn', 'experiments', 'cli'];

const packages = Object.keys(mayImport);
const anyOf = (names) => `(?:${names.join('|')})`;
const sourceOf = (names) => `^packages/${anyOf(names)}/src/`;
const explorers = '^site/src/.*(?:explorer|worker)';
const tests = '[.]test[.]ts$';

const layerRules = packages.map((name) => ({
  name: `layers-${name}`,
  comment: `${name} may import ${mayImport[name].join(', ') || 'no other package of the workspace'}.`,
  severity: 'error',
  from: {path: sourceOf([name]), pathNot: tests},
  to: {
    path: '^(?:packages|site|bench|examples|[.]ci)/',
    pathNot: `^packages/${anyOf([name, ...mayImport[name]])}/`,
  },
}));

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'layers-unlisted-package',
      comment: 'A new package takes its place in the table at the top of .dependency-cruiser.mjs.',
      severity: 'error',
      from: {path: '^packages/[^/]+/', pathNot: `^packages/${anyOf(packages)}/`},
      to: {},
    },
    {
      name: 'layers-site-pages',
      comment: 'Pages are made of records, figures and drawn data; only explorers and their workers compute.',
      severity: 'error',
      from: {path: '^site/src/', pathNot: [explorers, tests]},
      to: {path: '^packages/', pathNot: `^packages/${anyOf(['results', 'figures', 'datasets'])}/`},
    },
    {
      name: 'layers-site-explorers',
      comment: 'Explorers run in a browser: the runner and the command stay out.',
      severity: 'error',
      from: {path: explorers, pathNot: tests},
      to: {path: `^packages/${anyOf(nodePrograms)}/`},
    },
    {
      name: 'browser-safe',
      comment:
        'node: imports live only in cli, experiments, svhn and the ./node entry points of results and backend.',
      severity: 'error',
      from: {
        path: `^packages/(?!${anyOf(nodePrograms)}/)[^/]+/src/index[.]ts$`,
      },
      to: {path: `^(?:node:)?${anyOf(builtinModules)}$`, reachable: true},
    },
    {
      name: 'arrays-only',
      comment: 'These packages know nothing of TensorFlow.js.',
      severity: 'error',
      from: {path: sourceOf(arraysOnly), pathNot: tests},
      to: {path: '(?:^|/)@tensorflow/'},
    },
    {
      name: 'front-door',
      comment: 'Another package is imported by its name, so that only what its index names can be reached.',
      severity: 'error',
      from: {path: '^(packages/[^/]+|site|bench|examples|[.]ci)/'},
      to: {path: '^(?:packages/[^/]+|site|bench|examples)/', pathNot: '^$1/', dependencyTypes: ['local']},
    },
    {
      name: 'no-tests-in-source',
      comment: 'What is published never imports a test.',
      severity: 'error',
      from: {path: sourceOf(packages), pathNot: tests},
      to: {path: tests},
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}},
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: {couldNotResolve: true},
    },
  ],
  options: {
    doNotFollow: {path: 'node_modules'},
    exclude: {path: '(?:^|/)(?:dist|[.]astro)/'},
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.check.json'},
    // Without `node`: what a package imports in a browser is what must stay free of node: imports.
    enhancedResolveOptions: {
      conditionNames: ['@minefield/source', 'import', 'types', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
