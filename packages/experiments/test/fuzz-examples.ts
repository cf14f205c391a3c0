/** `pnpm fuzz:examples`: checkpoints of anybody and the examples of `--data`, against mutated safetensors. */
import {InputError} from '@minefield/core';
import {
  type DecodedTensor,
  SafetensorsError,
  decodeSafetensors,
  encodeSafetensors,
} from '@minefield/safetensors';
import {damagedSafetensors} from '../../../.ci/fuzz/damage-safetensors.ts';
import {type Draw, drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import {type FuzzTarget, type Verdict, fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {damagedText} from '../../../.ci/fuzz/mutate-json.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {decodeExamples} from '../src/subjects/decode-examples.ts';
import {networkIn} from '../src/subjects/network-in.ts';

type Given = Parameters<typeof encodeSafetensors>[0][number];

/** Of one output and of three, of points and of inputs of any length. */
const forms = [
  {name: 'mlp 2-3-1', inputShape: [2], outputs: 1},
  {name: 'a network', inputShape: [null, 2], outputs: 3},
] as const;

const models = [
  'mlp 2-3-1',
  'mlp:2-3-1',
  'mlp 2-3-1 relu',
  'mlp 2-3-2 tanh',
  'conv-net 8-16',
  'res-net 20',
  'mlp 2-999999999-1',
  'mlp ' + '3-'.repeat(3000) + '1',
  'constructor',
  '\u001b[31m',
] as const;

export const examplesTarget: FuzzTarget<Uint8Array> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    const file = i % 2 === 0 ? examples(draw, i) : checkpoint(draw);
    return draw(3) === 0 ? damagedSafetensors(draw, file) : file;
  },
  read(bytes, i) {
    try {
      return i % 2 === 0 ? readExamples(bytes, i) : readNetwork(bytes);
    } catch (error) {
      return refusal(error, [InputError, SafetensorsError]);
    }
  },
};

function formOf(i: number): (typeof forms)[number] {
  return forms[i % 4 === 0 ? 0 : 1];
}

function readExamples(bytes: Uint8Array, i: number): Verdict {
  const form = formOf(i);
  const {examples: found, inputShape, reference} = decodeExamples(bytes, form);
  const {length: count} = found.labels;
  const size = inputShape.reduce((product, length) => product * length, 1);
  const sound =
    found.inputs.length === count * size &&
    found.inputs.every(Number.isFinite) &&
    Array.from(found.labels).every((label) => label < Math.max(2, form.outputs)) &&
    (reference?.logits ?? []).every(Number.isFinite) &&
    Number.isFinite(reference?.loss ?? 0);
  return sound ? 'accepted' : {fault: `unsound: ${count} examples of [${inputShape}]`};
}

function readNetwork(bytes: Uint8Array): Verdict {
  const {model, anchor} = networkIn(decodeSafetensors(bytes), 'a.safetensors', {backend: 'cpu'});
  return anchor.length === model.layout.dimension && anchor.every(Number.isFinite)
    ? 'accepted'
    : {fault: `unsound: ${anchor.length} weights of ${model.name}`};
}

function examples(draw: Draw, i: number): Uint8Array {
  const {inputShape, outputs} = formOf(i);
  const count = 1 + draw(4);
  const shape = inputShape.map((length) => length ?? draw(4));
  const most = draw(10) === 0 ? 5 : Math.max(2, outputs);
  const oneHot = draw(4) === 0;
  const labels = tensor(draw, 'labels', oneHot ? [count, most] : [count], (k) =>
    oneHot ? Number(k % most === 0) : draw(most),
  );
  const tensors = [
    tensor(draw, 'inputs', [count + (draw(20) === 0 ? 1 : 0), ...shape]),
    labels,
    ...(draw(2) === 0 ? [tensor(draw, 'loss', [])] : []),
    ...(draw(2) === 0 ? [tensor(draw, 'logits', [count, outputs])] : []),
  ];
  return encodeSafetensors(draw(10) === 0 ? tensors.slice(draw(3)) : tensors);
}

function checkpoint(draw: Draw): Uint8Array {
  const widths = [2, ...Array.from({length: draw(3)}, () => 1 + draw(4)), oneOf(draw, [1, 1, 2])];
  const isTorch = draw(2) === 0;
  const tensors = widths.slice(1).flatMap((to, i) => {
    const from = widths[i] ?? 1;
    return isTorch
      ? [tensor(draw, `net.${2 * i}.weight`, [to, from]), tensor(draw, `net.${2 * i}.bias`, [to])]
      : [tensor(draw, `dense${i}/kernel`, [from, to]), tensor(draw, `dense${i}/bias`, [to])];
  });
  const own = `mlp ${widths.join('-')}`;
  const model = oneOf(draw, [own, own, own, oneOf(draw, models), damagedText(draw, own)]);
  const activation = oneOf(draw, [
    'relu',
    'relu',
    'tanh',
    'ReLU',
    'constructor',
    '\u009b2J',
    'x'.repeat(9000),
  ]);
  const metadata = {...(draw(8) > 0 && {model}), ...(draw(8) > 0 && {activation})};
  return encodeSafetensors(draw(20) === 0 ? tensors.slice(1) : tensors, metadata);
}

/** Mostly small numbers of either precision, and now and then what is none. */
function tensor(
  draw: Draw,
  name: string,
  shape: readonly number[],
  value: (k: number) => number = () => draw(200) / 100 - 1,
): Given {
  const length = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({length}, (_, k) =>
    draw(500) === 0 ? oneOf(draw, [Number.NaN, Infinity, 1e300, -1, 0.5, 2 ** 53]) : value(k),
  );
  const data: DecodedTensor['data'] = draw(2) === 0 ? Float32Array.from(values) : Float64Array.from(values);
  return {name, shape, data};
}

if (import.meta.main) await fuzzCommand('examples', examplesTarget);
