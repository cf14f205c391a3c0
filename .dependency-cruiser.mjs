import {builtinModules} from 'node:module';

/**
 * The layers of Minefield as rules: a package imports only what stands on lower floors, and only through its front door.
 * The table of packages/README.md says the same in words.
 */
export const floors = [
  ['core', 'spec', 'safetensors', 'tfjs-kernels'],
  ['landscape', 'models', 'datasets', 'svhn', 'evaluator', 'onnx', 'backend', 'results'],
  ['training', 'figures', 'claims'],
  ['experiments'],
  ['queue'],
  ['cli'],
];

/** What each package imports of lower floors; a new line here is a decision. */
const mayImport = {
  core: [],
  spec: [],
  safetensors: [],
  'tfjs-kernels': [],
  landscape: ['core'],
  models: ['core', 'spec', 'safetensors'],
  datasets: ['core'],
  svhn: ['core'],
  evaluator: ['core'],
  onnx: ['core'],
  backend: ['core', 'tfjs-kernels'],
  results: ['spec'],
  training: ['core', 'spec', 'tfjs-kernels', 'models', 'datasets'],
  figures: ['core', 'results'],
  claims: ['core', 'spec', 'results'],
  experiments: [
    'core',
    'spec',
    'safetensors',
    'landscape',
    'models',
    'datasets',
    'svhn',
    'evaluator',
    'onnx',
    'backend',
    'results',
    'training',
  ],
  queue: ['core', 'spec', 'results', 'experiments'],
  cli: [
    'core',
    'spec',
    'safetensors',
    'svhn',
    'evaluator',
    'backend',
    'results',
    'claims',
    'figures',
    'experiments',
    'queue',
  ],
};

/** Folders of `experiments`, as an experiment lives: each imports only those before it; the last two stand side by side. */
export const experimentFolders = [
  ['materials'],
  ['jobs'],
  ['measurements'],
  ['resume'],
  ['analyses'],
  ['execute'],
  ['subjects', 'sweep'],
];

/** Packages without TensorFlow.js: their functions work on plain arrays and records. */
const arraysOnly = [
  'core',
  'spec',
  'safetensors',
  'datasets',
  'svhn',
  'evaluator',
  'onnx',
  'landscape',
  'results',
  'figures',
  'claims',
];

/** Packages that speak to the operating system anywhere in their source. */
export const nodePrograms = ['svhn', 'evaluator', 'experiments', 'queue', 'cli'];

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

const folderRules = experimentFolders.flatMap((folders, floor) =>
  folders.map((folder) => ({
    name: `layers-experiments-${folder}`,
    comment: `${folder} may import ${experimentFolders.slice(0, floor).flat().join(', ') || 'no other folder'} of experiments.`,
    severity: 'error',
    from: {path: `^packages/experiments/src/${folder}/`, pathNot: tests},
    to: {
      path: '^packages/experiments/src/',
      pathNot: `^packages/experiments/src/${anyOf([folder, ...experimentFolders.slice(0, floor).flat()])}/`,
    },
  })),
);

export default {
  forbidden: [
    ...layerRules,
    ...folderRules,
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
      to: {
        path: '^packages/',
        pathNot: `^packages/${anyOf(['core', 'spec', 'results', 'figures', 'claims', 'datasets'])}/`,
      },
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
        'node: imports live only in cli, queue, experiments, evaluator, svhn and the ./node entry points of results, backend and onnx.',
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
      to: {circular: true},
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
