/** The reader of safetensors against mutated files: each is read into a sound result or refused with the reader's own error. */
import {readFileSync} from 'node:fs';
import {drawFrom} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {refusal} from '../../../.ci/fuzz/refusal.ts';
import {type DecodedSafetensors, decodeSafetensors} from '../src/decode-safetensors.ts';
import {SafetensorsError} from '../src/safetensors-error.ts';
import {mutatedFile} from './mutate-safetensors.ts';

const reference = readFileSync(new URL('fixtures/reference.safetensors', import.meta.url));

export const safetensorsTarget: FuzzTarget<Uint8Array> = {
  input: (seed, i) => mutatedFile(drawFrom(seed, i), reference),
  read(bytes) {
    try {
      const fault = unsound(decodeSafetensors(bytes), bytes.length);
      return fault === null ? 'accepted' : {fault};
    } catch (error) {
      return refusedInItsWords(error);
    }
  },
};

function refusedInItsWords(error: unknown): Verdict {
  const verdict = refusal(error, [SafetensorsError]);
  if (verdict !== 'refused') return verdict;
  const {message} = error as Error;
  return /^safetensors\.decodeSafetensors: expected .*, got .*; the file is damaged/.test(message) &&
    message.length < 500
    ? 'refused'
    : {fault: `other words: ${message}`};
}

/** A second look at what was read. */
function unsound({tensors, metadata}: DecodedSafetensors, length: number): string | null {
  let total = 0;
  for (const {name, dtype, shape, data} of tensors) {
    const size = shape.reduce((product, count) => product * count, 1);
    if (size !== data.length) return `"${name}" has ${data.length} numbers of shape [${shape}]`;
    total += (size * (dtype === 'BF16' ? 16 : Number(dtype.slice(1)))) / 8;
  }
  if (total > length - 8) return `${total} bytes of tensors in a file of ${length}`;
  if (new Set(tensors.map(({name}) => name)).size < tensors.length) return 'two tensors of one name';
  return Object.values(metadata).every((text) => typeof text === 'string')
    ? null
    : 'metadata that is no text';
}
