import {rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {minefield} from '../../test/in-process.ts';
import {networkFiles} from '../../test/network-files.ts';

const {folder, checkpoint, dataFile} = networkFiles();
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('a checkpoint', () => {
  const nan = (values: Float32Array, tensor: string): void => {
    if (tensor === 'dense1/kernel') values[2] = Number.NaN;
  };
  it.each<[string, () => string[], RegExp]>([
    [
      'a file that is not there',
      () => ['volume', 'nowhere.safetensors'],
      /a checkpoint at nowhere.safetensors, got no such file/,
    ],
    [
      'a device without an end',
      () => ['volume', '/dev/zero'],
      /a checkpoint at \/dev\/zero, got a device; files and pipes of up to 1 GiB are read/,
    ],
    [
      'other bytes',
      () => {
        const file = join(folder, 'text.safetensors');
        writeFileSync(file, 'hello, world');
        return ['scan', file];
      },
      /the file is damaged or of another format/,
    ],
    [
      'NaN weights',
      () => ['volume', checkpoint('nan', nan)],
      /finite weights in .*nan.safetensors, got NaN in "dense1\/kernel"/,
    ],
    [
      'another layout',
      () => ['volume', checkpoint('a'), '--model', 'mlp:2-5-1'],
      /"dense0\/kernel" of shape \[2,5\], got F32 \[2,4\]/,
    ],
    ['fewer layers', () => ['volume', checkpoint('a'), '--model', 'mlp:2-1'], /of shape \[2,1\]/],
    [
      'metadata of a monster',
      () => ['volume', checkpoint('big', undefined, {model: 'mlp 999999-999999-1', activation: 'relu'})],
      /of shape \[999999,999999\]/,
    ],
    [
      'a name that is no network',
      () => ['volume', checkpoint('a'), '--model', 'resnet:20'],
      /a network such as mlp:2-23-16-1/,
    ],
    ['no metadata', () => ['volume', checkpoint('bare', undefined, {})], /name it with --model/],
    [
      'a network that names no activation',
      () => ['volume', checkpoint('bare', undefined, {}), '--model', 'mlp:2-4-1'],
      /name it with --activation relu/,
    ],
    [
      'a file of images that the network was not trained on',
      () => ['volume', 'results/toy/checkpoints/890d57464390f61c.safetensors', '--data', 'images.mat'],
      /trained on SVHN's images for data from images\.mat, got two-spirals; leave the data out/,
    ],
    [
      'a file of images and no record that names them',
      () => ['volume', checkpoint('a'), '--data', 'images.mat'],
      /got no run record beside it that says so/,
    ],
    [
      'a network without data',
      () => ['volume', checkpoint('bare', undefined, {}), '--model', 'mlp:2-4-1', '--activation', 'relu'],
      /name them with --data/,
    ],
    [
      'all weights zero',
      () => ['volume', checkpoint('flat', (values) => values.fill(0)), '--cutoff-on', 'excess'],
      /a parameter that moves, got all scales 0/,
    ],
    [
      'a cutoff below the loss',
      () => ['volume', checkpoint('a'), '--cutoff', '0.01'],
      /a cutoff above the anchor's loss of [\d.]+, got 0.01; raise it/,
    ],
    [
      'unknown data',
      () => ['volume', checkpoint('a'), '--data', 'mnist'],
      /two-spirals:<seed> or a file that ends in .safetensors/,
    ],
    [
      'data that are not there',
      () => ['volume', checkpoint('a'), '--data', 'no.safetensors'],
      /data at no.safetensors, got no such file/,
    ],
    [
      'data that are a checkpoint',
      () => ['volume', checkpoint('a'), '--data', checkpoint('a')],
      /a tensor "inputs", got "dense0\/bias"/,
    ],
    [
      'no examples',
      () => ['volume', checkpoint('a'), '--data', dataFile('none', 0)],
      /1 to 10000000 examples, got 0/,
    ],
    [
      'an infinite input',
      () => ['volume', checkpoint('a'), '--data', dataFile('inf', 3, (inputs) => (inputs[1] = Infinity))],
      /finite "inputs", got Infinity at entry 1/,
    ],
    [
      'a label that is no class',
      () => ['volume', checkpoint('a'), '--data', dataFile('two', 3, (_, labels) => (labels[2] = 2))],
      /"labels" in 0..1, got 2 at entry 2/,
    ],
    [
      'an objective besides',
      () => ['volume', checkpoint('a'), '--objective', 'ball'],
      /either a checkpoint or an --objective .*, got both/,
    ],
  ])('is refused for %s, in a sentence and with exit code 2', async (_, args, says) => {
    const {code, out, notes} = await minefield(...args());
    expect(notes).toMatch(says);
    expect(notes).toMatch(/^error: /);
    expect(notes).not.toContain('    at ');
    expect({code, out}).toEqual({code: 2, out: ''});
  });
});

describe('bad usage', () => {
  it.each([
    [
      'volume',
      /expected a checkpoint, a --layers-model, an --evaluator, a model of --onnx or an --objective .*, got none/,
    ],
    ['volume --objective cone', /'cone' is invalid/],
    ['volume --objective quadratic --directions 0', /--directions <n>.*'0' is invalid/],
    ['volume --objective quadratic --dimension 2.5', /--dimension <n>.*'2.5' is invalid/],
    ['volume --objective quadratic --decades 1', /two numbers with a comma/],
    ['volume --objective quadratic --decades 400,401', /eigenvalue, all positive and finite/],
    ['volume --objective quadratic --cutoff x', /Expected a number/],
    ['volume --objective quadratic --cutoff 0', /a cutoff above the anchor's loss of 0, got 0/],
    ['volume --objective quadratic --power 2', /--power is for --objective power; leave it out/],
    ['volume --objective quadratic --model mlp:2-1', /--model is for a checkpoint; leave it out/],
    ['volume --objective quadratic --activation relu', /--activation is for a checkpoint; leave it out/],
    [
      'volume --objective quadratic --backend cpu',
      /--backend is for a checkpoint or a --layers-model; leave it out/,
    ],
    [
      'volume --objective quadratic --backend portable',
      /--backend is for a checkpoint or a --layers-model; leave it out/,
    ],
    [
      'volume --objective quadratic --cutoff-on kl',
      /--cutoff-on kl is for a checkpoint, a --layers-model or an --evaluator/,
    ],
    ['volume --objective ball --cutoff 1 --radius 1', /give one of them/],
    ['volume --objective ball --prior-sigma 0', /Expected a number above 0/],
    ['volume --objective power --estimator preconditioned', /a curvature that is not 0/],
    ['volume --objective slab --dimension 2 --constrained 3', /1 <= constrained <= dimension/],
    ['spectrum --objective quadratic --steps 0', /--steps <n>.*'0' is invalid/],
    ['llc --objective quadratic --chains 0', /--chains <n>.*'0' is invalid/],
    [
      'llc --objective power --power 1 --dimension 1 --displacement 0 --n-beta 0',
      /Expected a number above 0/,
    ],
    ['scan --objective quadratic --points 4', /an odd number of points/],
    ['scan --objective quadratic --direction filter', /a network for a filter-normalized direction/],
    ['scan --objective power --surface', /at least two dimensions for a surface/],
  ])('%s is refused', async (line, says) => {
    const {code, out, notes} = await minefield(...line.split(' '));
    expect(notes).toMatch(says);
    expect(notes).not.toContain('    at ');
    expect({code, out}).toEqual({code: 2, out: ''});
  });
});
