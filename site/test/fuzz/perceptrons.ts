/** `pnpm fuzz:perceptrons`: the laboratory's reader of networks, against mutated safetensors. */
import {InputError} from '@minefield/core';
import {SafetensorsError, encodeSafetensors} from '@minefield/safetensors';
import {damagedSafetensors} from '../../../.ci/fuzz/damage-safetensors.ts';
import {drawFrom, type Draw, oneOf} from '../../../.ci/fuzz/draw.ts';
import {type FuzzTarget, fuzzCommand} from '../../../.ci/fuzz/fuzz.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {readPerceptron} from '../../src/explorers/engine/perceptron-file.ts';

const WIDTHS = [1, 1, 2, 2, 3, 5, 16] as const;

/** A network of either naming, with lies in it now and then. */
function invented(draw: Draw): Uint8Array {
  const hidden = Array.from({length: draw(4)}, () => oneOf(draw, WIDTHS));
  const widths = [draw(10) === 0 ? 3 : 2, ...hidden, draw(10) === 0 ? 2 : 1];
  const isTorch = draw(2) === 0;
  const tensors = widths.slice(1).flatMap((outputs, i) => {
    const inputs = (widths[i] ?? 1) + (draw(30) === 0 ? 1 : 0);
    const [kernel, bias] = isTorch
      ? [`${draw(20) === 0 ? 'net.' : ''}${2 * i}.weight`, `${2 * i}.bias`]
      : [`dense${draw(40) === 0 ? draw(10_000) : i}/kernel`, `dense${i}/bias`];
    return [
      tensor(draw, kernel, isTorch ? [outputs, inputs] : [inputs, outputs]),
      tensor(draw, bias, draw(40) === 0 ? [outputs, 1] : [outputs]),
    ];
  });
  const metadata = oneOf(draw, [
    {},
    {activation: 'relu'},
    {activation: 'tanh'},
    {activation: '\u001b[31m'},
    {model: 'mlp 2-3-1 relu', identity: '0'.repeat(64)},
    {model: 'x'.repeat(5000)},
  ] as readonly Record<string, string>[]);
  // A lie about a place may be a name that is taken, which no writer would write.
  const named = [...new Map(tensors.map((one) => [one.name, one])).values()];
  return encodeSafetensors(draw(20) === 0 ? named.slice(1) : named, metadata);
}

function tensor(draw: Draw, name: string, shape: readonly number[]) {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  data.forEach(
    (_, k) => (data[k] = draw(1000) === 0 ? oneOf(draw, [Number.NaN, Infinity]) : draw(200) / 100 - 1),
  );
  return {name, shape, data};
}

export const perceptronsTarget: FuzzTarget<Uint8Array> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    const made = invented(draw);
    return i % 3 === 0 ? damagedSafetensors(draw, made) : made;
  },
  read(bytes) {
    try {
      const {hidden, theta} = readPerceptron(bytes);
      const widths = [2, ...hidden, 1];
      const parameters = widths.slice(1).reduce((sum, width, i) => sum + width * ((widths[i] ?? 0) + 1), 0);
      return theta.length === parameters && theta.every(Number.isFinite)
        ? 'accepted'
        : {fault: `unsound: ${theta.length} parameters of ${widths.join('-')}`};
    } catch (error) {
      return refusal(error, [InputError, SafetensorsError]);
    }
  },
};

if (import.meta.main) await fuzzCommand('perceptrons', perceptronsTarget);
