import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';

const root = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const page = textOf('SECURITY.md');

/** A stretch of text as it stands, with nothing that makes another number of its end: 32 is no 320. */
const whole = (text: string): RegExp =>
  new RegExp(`${text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![\\w.])`);

/** Rows of the table of readers: what is read, readers, limits, target. */
const rows = page
  .slice(page.indexOf('## The readers'), page.indexOf('## What is not promised'))
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()));

/** Where the code has the limits that the page names. */
const LIMITS: readonly (readonly [file: string, code: string, words: string])[] = [
  [
    'packages/safetensors/src/decode-safetensors.ts',
    'headerBytes = 100_000_000',
    'header of 100,000,000 bytes',
  ],
  [
    'packages/safetensors/src/decode-safetensors.ts',
    'maximumTensors = 65_536',
    '65,536 tensors and as many texts',
  ],
  ['packages/safetensors/src/scan-header.ts', 'MOST_TEXTS = 65_536', '65,536 tensors and as many texts'],
  ['packages/safetensors/src/scan-header.ts', 'MOST_NUMBERS = 64;', '64 axes'],
  ['packages/experiments/src/subjects/read-bytes.ts', 'MOST_BYTES = 2 ** 30', 'file of 1 GiB'],
  [
    'packages/experiments/src/subjects/decode-examples.ts',
    'MOST_EXAMPLES = 10_000_000',
    '10,000,000 examples',
  ],
  ['packages/models/src/model-from-name.ts', 'DEEPEST = 1000', 'networks of 1,000 layers'],
  ['packages/models/src/model-from-name.ts', 'LARGEST = 1_000_000', 'none wider than 1,000,000'],
  ['packages/onnx/src/read-onnx.ts', 'MOST_BYTES = 2 ** 30', '1 GiB; 2^20 fields'],
  ['packages/onnx/src/protobuf/read-fields.ts', 'MOST_FIELDS = 2 ** 20', '2^20 fields of a message'],
  [
    'packages/onnx/src/graph/tensor.ts',
    '[MOST_AXES, MOST_ENTRIES] = [16, 2 ** 28]',
    '2^28 numbers of a tensor, 16 axes',
  ],
  [
    'packages/onnx/src/parameters/find-parameters.ts',
    'MOST_TENSORS = 65_536',
    '65,536 tensors, graphs 8 deep',
  ],
  ['packages/onnx/src/graph/graph.ts', 'DEEPEST = 8', 'graphs 8 deep'],
  [
    'packages/experiments/src/subjects/read-layers-model.ts',
    'MOST_CHARACTERS = 2 ** 26',
    'topology of 64 MiB',
  ],
  ['packages/models/src/layers-model/saved/topology.ts', 'MOST_VALUES = 200_000', '200,000 values'],
  ['packages/models/src/layers-model/saved/topology.ts', 'MOST_LEVELS = 60', '60 levels'],
  ['packages/models/src/layers-model/saved/check-graph.ts', 'MOST_LAYERS = 5000', '5,000 layers'],
  [
    'packages/models/src/layers-model/saved/weights-manifest.ts',
    'MOST_WEIGHTS = 20_000',
    '20,000 weights of 1 GiB',
  ],
  [
    'packages/models/src/layers-model/saved/weights-manifest.ts',
    'MOST_BYTES = 2 ** 30',
    '20,000 weights of 1 GiB',
  ],
  ['packages/models/src/layers-model/saved/weights-manifest.ts', 'MOST_FILES = 10_000', 'in 10,000 files'],
  [
    'packages/models/src/layers-model/saved/load-saved-layers-model.ts',
    'MOST_NUMBERS = 2 ** 26',
    '2^26 numbers for one example',
  ],
  ['packages/svhn/src/mat/mat-variables.ts', 'MOST_ELEMENTS = 100;', '100 arrays'],
  ['packages/svhn/src/mat/mat-matrix.ts', 'MOST_DIMENSIONS = 32', '32 dimensions'],
  ['packages/svhn/src/mat/mat-matrix.ts', 'MOST_NAME_BYTES = 256', 'names of 256 bytes'],
  ['packages/cli/src/load-spec.ts', 'MOST_BYTES = 2 ** 24', 'file of 16 MiB'],
  ['packages/spec/src/fields.ts', 'LONGEST_LIST = 10_000', '10,000 entries of a list'],
  ['packages/spec/src/fields.ts', 'MOST_EXAMPLES = 1_000_000', '1,000,000 examples'],
  ['packages/results/src/read-json.ts', 'maximumLength = 2 ** 26', 'record of 2^26 characters'],
  ['packages/results/src/node/pack-cache.ts', 'MOST_PACKED_BYTES: number = 2 ** 26', 'pack of 64 MiB'],
  ['packages/results/src/node/read-pack.ts', 'maximumBytes: 2 ** 28', 'unpacks to 256 MiB'],
  ['packages/results/src/node/read-pack.ts', 'maximumRecords: 2 ** 16', '65,536 records'],
  ['packages/results/src/node/read-pack.ts', 'maximumLineBytes: 2 ** 26', 'lines of 64 MiB'],
  ['packages/results/src/node/files.ts', 'MOST_BYTES = 2 ** 31', 'checkpoint of 2 GiB'],
  ['packages/claims/src/claim.ts', 'MOST_CLAIMS = 1000', '1,000 claims'],
  ['packages/experiments/src/resume/part-folder.ts', 'MOST_BYTES = 2 ** 31', '2 GiB, 64 levels'],
  ['packages/experiments/src/resume/encode-part.ts', 'DEEPEST = 64', '2 GiB, 64 levels'],
  ['packages/evaluator/src/frame.ts', 'MOST_HEADER_BYTES: number = 2 ** 24', 'header of 16 MiB'],
  ['packages/evaluator/src/frame-reader.ts', 'DEEPEST = 8', '16 MiB and 8 levels'],
  ['packages/evaluator/src/frame.ts', 'MOST_PAYLOAD_BYTES: number = 2 ** 30', 'payload of 1 GiB'],
  ['packages/queue/src/keys.ts', 'MOST_BYTES: number = 2 ** 28', 'file or outcome of 256 MiB'],
  ['site/src/explorers/own/paint.ts', 'MOST_POINTS = 160', '160 painted points'],
  ['site/src/explorers/lab/runs/filters.ts', 'MOST_RANGES = 100', '100 filters'],
  ['site/src/explorers/lab/measure/data-choice.tsx', 'MOST_BYTES = 2_000_000', '2 MB, 5,000 points'],
  ['site/src/explorers/lab/measure/read-points.ts', 'MOST_POINTS = 5000', '2 MB, 5,000 points'],
  ['site/src/explorers/lab/measure/measure.tsx', 'MOST_BYTES = 4_000_000', '4 MB, header'],
  [
    'site/src/explorers/engine/perceptron-file.ts',
    'headerBytes: 1_000_000, tensors: 100',
    '1,000,000 bytes, 100 tensors',
  ],
  ['site/src/explorers/engine/perceptron-file.ts', 'MOST_PARAMETERS = 200_000', '200,000 parameters'],
  ['site/src/explorers/engine/perceptron-file.ts', 'WIDEST = 2048', 'layers of 2,048 units'],
  ['.ci/fuzz/fuzz.ts', 'target.mostMilliseconds ?? 250', 'more than 250 ms of processor time'],
  ['packages/svhn/test/fuzz-svhn.ts', 'mostMilliseconds: 1000', "1 s for SVHN's"],
  ['.ci/fuzz/refusal.ts', 'MOST_LINES = 25', 'at most 25 lines'],
  ['.ci/fuzz/refusal.ts', 'MOST_CHARACTERS = 12_000', '12,000 characters'],
];

describe('SECURITY.md', () => {
  it('has one row for each fuzz target, and a target in each row', () => {
    const {scripts} = JSON.parse(textOf('package.json')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const targets = Object.keys(scripts).filter((name) => name.startsWith('fuzz:'));
    expect(targets.length).toBeGreaterThan(10);
    expect(rows.map((cells) => cells[4]).toSorted()).toEqual(
      targets.map((name) => `\`pnpm ${name}\``).toSorted(),
    );
  });

  it('names readers that are where it says', () => {
    for (const [, what, readers = ''] of rows) {
      const links = [...readers.matchAll(/\[(?:`(\w+)`|\w+)\]\(([^)]+)\)/g)];
      expect(links.length, what).toBeGreaterThan(0);
      for (const [, name, file = ''] of links) {
        expect(textOf(file)).toMatch(new RegExp(`export (?:async )?(?:function|class) ${name ?? ''}`));
      }
    }
  });

  it('leads only to files that are there', () => {
    const files = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, file = '']) => file);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each(LIMITS)('says the limit of %s: %s', (file, code, words) => {
    expect(textOf(file)).toMatch(whole(code));
    expect(page).toContain(words);
  });
});
