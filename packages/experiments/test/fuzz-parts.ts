/** The reader of kept parts against mutated files of parts, damaged and forged. */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {
  type DecodedSafetensors,
  type NamedTensor,
  decodeSafetensors,
  encodeSafetensors,
} from '@minefield/safetensors';
import {type Draw, drawFrom, oneOf} from '../../../.ci/fuzz/draw.ts';
import type {FuzzTarget, Verdict} from '../../../.ci/fuzz/fuzz.ts';
import {damagedText, mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {unreadable} from '../../../.ci/fuzz/refusal.ts';
import {isSame} from '../../../.ci/fuzz/same.ts';
import {openParts} from '../src/resume/open-parts.ts';
import {stepOfSnapshot} from '../src/resume/train-resumably.ts';

/** What sweeps kept that were killed: of a training, and of the rays of a basin. */
const samples: readonly Uint8Array[] = ['training', 'radii'].map((name) =>
  readFileSync(new URL(`fixtures/part-${name}.safetensors`, import.meta.url)),
);

type Tensor = NamedTensor<Float32Array | Float64Array>;

const decoded: readonly DecodedSafetensors[] = samples.map((bytes) => decodeSafetensors(bytes));

export const partsTarget: FuzzTarget<Uint8Array> = {
  input(seed, i) {
    const draw = drawFrom(seed, i);
    const which = i % samples.length;
    const sound = samples[which] ?? new Uint8Array();
    if (draw(25) === 0) return sound;
    if (draw(3) === 0) return damaged(draw, sound);
    return forged(draw, decoded[which] ?? {tensors: [], metadata: {}});
  },
  async read(bytes, i) {
    const {identity = '', name = '', basis = ''} = {...decoded[i % decoded.length]?.metadata};
    const notes: string[] = [];
    let kept: Uint8Array = bytes;
    const storage = {
      read: () => Promise.resolve(kept),
      write: (_file: string, written: Uint8Array) => {
        kept = written;
        return Promise.resolve();
      },
    };
    const part = openParts(storage, identity, basis, (text) => notes.push(text))(name);
    const value = await part.load();
    if (notes.length > 0 || value === undefined) return refused(value, notes);
    stepOfSnapshot(value);
    await part.save(value);
    const again = await part.load();
    return notes.length === 0 && isSame(again, value)
      ? 'accepted'
      : {fault: `read otherwise once it was written: ${notes.join('; ')}`};
  },
};

/** What is left out must be said, once, in words that can be shown. */
function refused(value: unknown, notes: readonly string[]): Verdict {
  const [note, ...others] = notes;
  if (value !== undefined) return {fault: 'used and left out'};
  if (note === undefined || others.length > 0) return {fault: `${notes.length} notes`};
  const reason = unreadable(note) ?? (/: expected .*, (?:but|got) /s.test(note) ? null : 'words of nobody');
  return reason === null ? 'refused' : {fault: `${reason} in: ${JSON.stringify(note.slice(0, 500))}`};
}

function damaged(draw: Draw, sound: Uint8Array): Uint8Array {
  const result = Uint8Array.from(sound);
  for (let count = 1 + draw(4); count > 0; count--) {
    const at = draw(draw(2) === 0 ? result.length : Math.min(result.length, 300));
    result[at] = draw(2) === 0 ? draw(256) : (result[at] ?? 0) ^ (1 << draw(8));
  }
  return draw(4) === 0 ? result.subarray(0, draw(result.length)) : result;
}

/** By somebody who signs what he made up. */
function forged(draw: Draw, {tensors, metadata}: DecodedSafetensors): Uint8Array {
  const signed: Record<string, string> = {...metadata};
  delete signed['sha256'];
  let made: Tensor[] = tensors.flatMap(({name, shape, data}) =>
    data instanceof Float32Array || data instanceof Float64Array ? [{name, shape, data}] : [],
  );
  switch (draw(8)) {
    case 0: {
      const key = oneOf(draw, Object.keys(signed));
      signed[key] = damagedText(draw, signed[key] ?? '').toWellFormed();
      break;
    }
    case 1:
      made = made.toSpliced(draw(made.length), 1);
      break;
    case 2:
      made = made.map((tensor) =>
        draw(3) === 0 ? {...tensor, data: tensor.data.slice(1), shape: [tensor.data.length - 1]} : tensor,
      );
      break;
    case 3:
      // Many tensors, and many who ask for each.
      if (draw(100) > 0) break;
      made = Array.from({length: 3000}, (__, k) => ({name: String(k), shape: [1], data: Float32Array.of(k)}));
      signed['state'] = JSON.stringify(made.map((___, k) => ({$tensor: k})));
      break;
    default:
      signed['state'] = mutatedJson(draw, JSON.parse(signed['state'] ?? 'null')).toWellFormed();
  }
  const sha256 = createHash('sha256').update(encodeSafetensors(made, signed)).digest('hex');
  return encodeSafetensors(made, {...signed, sha256});
}
