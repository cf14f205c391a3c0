import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {encodeSafetensors} from '@minefield/safetensors';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {decodePart, encodePart} from './encode-part.ts';
import {openParts} from './open-parts.ts';
import {partFolder} from './part-folder.ts';

const identity = 'a'.repeat(64);
const label = {identity, name: 'training', basis: 'b'};
const value = {
  step: 3,
  curves: {loss: [0.1, 1e-300]},
  theta: Float32Array.of(1.5, NaN, -0),
  radii: [Float64Array.of(Infinity, 0.1), Float64Array.of()],
  none: null,
};

let folder = '';
let notes: string[] = [];
const open = (basis = 'b', owner = identity) =>
  openParts(partFolder(folder), owner, basis, (text) => notes.push(text));

/** A file of one array that says this of itself, with the hash that goes with it. */
function signed(metadata: Readonly<Record<string, string>>): Uint8Array {
  const tensors = [{name: '0', shape: [1], data: Float32Array.of(1)}];
  const sha256 = createHash('sha256').update(encodeSafetensors(tensors, metadata)).digest('hex');
  return encodeSafetensors(tensors, {...metadata, sha256});
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minefield-parts-'));
  notes = [];
});

afterEach(() => rm(folder, {recursive: true}));

describe('a part', () => {
  it('comes back as it was, to the last bit of its arrays', async () => {
    await open()('training').save(value);
    expect(await open()('training').load()).toEqual(value);
    expect(notes).toEqual([]);
  });

  it('is nothing where nothing was saved', async () => {
    expect(await open()('training').load()).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('is left out, and this said, with any bit of its file flipped or its end missing', async () => {
    await open()('training').save(value);
    const [file = ''] = await readdir(folder);
    const whole = await readFile(join(folder, file));
    for (let at = 0; at < whole.length; at += 7) {
      const flipped = Uint8Array.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      expect(() => decodePart(flipped, label)).toThrow(/expected/);
    }
    await writeFile(join(folder, file), whole.subarray(0, -1));
    expect(await open()('training').load()).toBeUndefined();
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^leaves out its part aaaaaaaaaaaaaaaa\.training\.safetensors: expected/);
  });

  it.skipIf(process.platform === 'win32')(
    'is left out, and this said, where a named pipe is in its place',
    async () => {
      await open()('training').save(value);
      const [file = ''] = await readdir(folder);
      await rm(join(folder, file));
      execFileSync('mknod', [join(folder, file), 'p']);
      expect(await open()('training').load()).toBeUndefined();
      expect(notes).toEqual([expect.stringMatching(/expected a file, got a named pipe/)]);
    },
  );

  it('is left out where it belongs to another job or was made of other files', async () => {
    await open()('training').save(value);
    expect(await open('c')('training').load()).toBeUndefined();
    expect(await open('b', `${'a'.repeat(16)}${'b'.repeat(48)}`)('training').load()).toBeUndefined();
    expect(notes.map((note) => note.split(': ').at(-1))).toEqual([
      'expected a part of this job, but it was made of other files; it is left out',
      'expected a part of this job, but it belongs to another job; it is left out',
    ]);
  });

  it('is left out where another version wrote it', () => {
    expect(() => decodePart(signed({format: '0', ...label, state: '{}'}), label)).toThrow(
      'experiments.decodePart: expected a part of this job, but another version wrote it; it is left out',
    );
  });

  it('is left out where what it says of itself was changed', () => {
    const text = Buffer.from(encodePart(value, label))
      .toString('latin1')
      .replace('"format":"1"', '"format":"0"');
    expect(() => decodePart(Buffer.from(text, 'latin1'), label)).toThrow(
      'experiments.decodePart: expected a part of this job, but it is damaged; it is left out',
    );
  });

  it.each([
    ['lacks an array', '[{"$tensor":1}]', 'an array is missing'],
    ['names an array by something else', '[{"$tensor":{"toString":0}}]', 'an array is missing'],
    [
      'names an array by what is deeper than the stack',
      `{"$tensor":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'an array is missing',
    ],
    ['is cut short', '{"step":3', 'its state is no JSON'],
    ['holds a number beyond all', '{"step":1e999}', 'its state is malformed'],
    ['is deeper than the stack', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'its state is malformed'],
  ])('is left out, in words, where it was signed by somebody and its state %s', (_, state, reason) => {
    expect(() => decodePart(signed({format: '1', ...label, state}), label)).toThrow(
      `experiments.decodePart: expected a part of this job, but ${reason}; it is left out`,
    );
  });

  it('that cannot be kept is said once, and costs no job', async () => {
    const part = openParts(
      {read: async () => undefined, write: () => Promise.reject(new Error('the disk is full'))},
      identity,
      'b',
      (text) => notes.push(text),
    )('training');
    await part.save(value);
    await part.save(value);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('the disk is full');
  });

  it('has no name that leads out of its folder', () => {
    expect(() => open()('../x')).toThrow(RangeError);
    expect(() => open('b', '../../x')('training')).toThrow(RangeError);
  });
});
