/** Small files of the format, and what can happen to them. */
import {damagedSafetensors} from '../../../.ci/fuzz/damage-safetensors.ts';
import type {Draw} from '../../../.ci/fuzz/draw.ts';
import {encodeSafetensors} from '../src/encode-safetensors.ts';

/** One file: mostly a sound one with damage, now and then the sound one. */
export function mutatedFile(draw: Draw, reference: Uint8Array): Uint8Array {
  return damagedSafetensors(draw, draw(2) === 0 ? reference : soundFile(draw));
}

function soundFile(draw: Draw): Uint8Array {
  const tensors = Array.from({length: draw(5)}, (_, i) => {
    const shape = Array.from({length: draw(4)}, () => draw(4));
    const size = shape.reduce((product, count) => product * count, 1);
    return {
      name: `${i}${'n'.repeat(draw(9))}`,
      shape,
      data: draw(2) === 0 ? new Float32Array(size) : new Float64Array(size),
    };
  });
  return encodeSafetensors(tensors, draw(2) === 0 ? {} : {note: 'ü"\\'.repeat(draw(4))});
}
