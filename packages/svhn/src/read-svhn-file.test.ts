import {InputError, datasetFingerprint} from '@minefield/core';
import {mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {deflateSync} from 'node:zlib';
import {afterAll, describe, expect, it, vi} from 'vitest';
import {
  type MatArray,
  type MatWriterOptions,
  concatenated,
  matElement,
  matFile,
  matHeader,
  matrixHead,
  svhnArrays,
  tag,
} from '../test/mat-writer.ts';
import {sharedSvhn} from '../test/shared-svhn.ts';

import {withFile} from './mat/byte-source.ts';
import {readSvhnFile} from './read-svhn-file.ts';
import {svhnDataset} from './svhn-dataset.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-svhn-'));
afterAll(() => rmSync(folder, {recursive: true}));

const fixture = (name: string): string => join(import.meta.dirname, '../test/fixtures', name);
let files = 0;

function fileOf(bytes: Uint8Array | string): string {
  const path = join(folder, `${files++}.mat`);
  writeFileSync(path, bytes);
  return path;
}

/** The formula of make-mat.py, `[size, 32, 32, channels]`. */
function formula(size: number, channels: number): Uint8Array {
  return Uint8Array.from({length: size * 1024 * channels}, (_, i) => {
    const [channel, column] = [i % channels, Math.floor(i / channels) % 32];
    const [row, image] = [Math.floor(i / channels / 32) % 32, Math.floor(i / channels / 1024)];
    return (7 * row + 3 * column + 50 * channel + 100 * image + row * column) % 256;
  });
}

const two = (options: MatWriterOptions = {}): MatArray[] =>
  svhnArrays(
    Uint8Array.from({length: 2048}, (_, i) => i % 251),
    1,
    [4, 10],
    options,
  );
const [x, y] = two();
if (x === undefined || y === undefined) throw new Error('no arrays');

describe('readSvhnFile', () => {
  it.each([
    ['colour.mat', 3],
    ['plain.mat', 3],
    ['grey-labels-first.mat', 1],
    ['big-endian.mat', 3],
    ['big-endian-colour.mat', 3],
  ] as const)('reads %s as SciPy does, with the channel last and 0 for 10', async (name, channels) => {
    expect(await readSvhnFile(fixture(name))).toEqual({
      pixels: formula(3, channels),
      labels: Uint8Array.of(1, 0, 7),
      channels,
      size: 3,
      available: 3,
    });
    expect(await readSvhnFile(fixture(name), {first: 2})).toEqual({
      pixels: formula(2, channels),
      labels: Uint8Array.of(1, 0),
      channels,
      size: 2,
      available: 3,
    });
  });

  it.each([true, false])('reads labels of every numeric type, little-endian: %s', async (littleEndian) => {
    for (const type of [1, 2, 3, 4, 5, 6, 7, 9, 12, 13]) {
      const view = new DataView(new ArrayBuffer(16));
      const write = {
        1: (i: number, v: number) => view.setInt8(i, v),
        2: (i: number, v: number) => view.setUint8(i, v),
        3: (i: number, v: number) => view.setInt16(2 * i, v, littleEndian),
        4: (i: number, v: number) => view.setUint16(2 * i, v, littleEndian),
        5: (i: number, v: number) => view.setInt32(4 * i, v, littleEndian),
        6: (i: number, v: number) => view.setUint32(4 * i, v, littleEndian),
        7: (i: number, v: number) => view.setFloat32(4 * i, v, littleEndian),
        9: (i: number, v: number) => view.setFloat64(8 * i, v, littleEndian),
        12: (i: number, v: number) => view.setBigInt64(8 * i, BigInt(v), littleEndian),
        13: (i: number, v: number) => view.setBigUint64(8 * i, BigInt(v), littleEndian),
      }[type];
      write?.(0, 4);
      write?.(1, 10);
      const bytes = 2 * ({1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4}[type] ?? 8);
      const labels = {...y, dataType: type, data: new Uint8Array(view.buffer, 0, bytes)};
      const path = fileOf(matFile([x, labels], {littleEndian, compressed: true}));
      expect((await readSvhnFile(path)).labels, `type ${type}`).toEqual(Uint8Array.of(4, 0));
    }
  });

  it('reads a single grey image, of which MATLAB keeps two dimensions', async () => {
    const [image, label] = svhnArrays(formula(1, 1), 1, [3]);
    if (image === undefined || label === undefined) throw new Error('no arrays');
    const path = fileOf(matFile([{...image, dimensions: [32, 32]}, label]));
    expect(await readSvhnFile(path)).toMatchObject({channels: 1, size: 1, labels: Uint8Array.of(3)});
  });

  it('reads no further in X than the images asked for, and does not fail for damage behind them', async () => {
    const noise = Uint8Array.from({length: 1024 * 2000}, (_, i) => (i * i * 31 + (i >> 3)) % 251);
    const bytes = matFile(
      svhnArrays(
        noise,
        1,
        Array.from({length: 2000}, () => 1),
      ),
      {compressed: true},
    );
    const end = 136 + new DataView(bytes.buffer).getUint32(132, true);
    bytes.fill(0, end - 2000, end);
    expect((await readSvhnFile(fileOf(bytes), {first: 3})).size).toBe(3);
    await expect(readSvhnFile(fileOf(bytes))).rejects.toThrow(/; the file is damaged; fetch it again/);
  });

  it('stops when it is told to', async () => {
    const reason = new Error('enough');
    await expect(readSvhnFile(fixture('colour.mat'), {signal: AbortSignal.abort(reason)})).rejects.toBe(
      reason,
    );
  });

  it('never asks for memory above its limit, whatever a file claims', async () => {
    const claims = (dimensions: number[], length: number): Uint8Array =>
      concatenated([
        matHeader(),
        tag(15, 0, true),
        deflateSync(
          concatenated([
            tag(14, length + 48, true),
            matrixHead({...x, dimensions, data: {length}}),
            new Uint8Array(4096),
          ]),
        ),
      ]);
    for (const bytes of [
      claims([32, 32, 3, 2 ** 31 - 1], 2 ** 32 - 100),
      claims([32, 32, 3, 10 ** 6], 3072 * 10 ** 6),
    ]) {
      new DataView(bytes.buffer).setUint32(132, bytes.length - 136, true);
      const path = fileOf(concatenated([bytes, matElement(y)]));
      await expect(readSvhnFile(path)).rejects.toThrow(/expected at most \d+ bytes in \d+ compressed ones/);
    }
    const path = fixture('colour.mat');
    await expect(readSvhnFile(path, {maximumBytes: 9215})).rejects.toThrow(
      /expected at most 9215 bytes of pixels in .*, got 9216; ask for fewer images \(first\), or raise maximumBytes/,
    );
    expect((await readSvhnFile(path, {maximumBytes: 3072, first: 1})).size).toBe(1);
  });

  it('gives no room to pixels that are not there', async () => {
    const many = 2 ** 18;
    const labels = {...y, dimensions: [many, 1], dataType: 2, data: new Uint8Array(many).fill(1)};
    const pixels = {...x, dimensions: [32, 32, 1, many]};
    const truncated = concatenated([
      tag(14, matrixHead({...pixels, data: {length: 1024 * many}}).length + 8, true),
      matrixHead({...pixels, data: {length: 1024 * many}}),
      new Uint8Array(8),
    ]);
    const claimed = fileOf(concatenated([matHeader(), matElement(labels, {compressed: true}), truncated]));
    const asked: number[] = [];
    vi.stubGlobal(
      'Uint8Array',
      new Proxy(Uint8Array, {
        construct(target, args: unknown[], self) {
          if (typeof args[0] === 'number') asked.push(args[0]);
          return Reflect.construct(target, args, self) as object;
        },
      }),
    );
    await expect(readSvhnFile(claimed)).rejects.toThrow(/at most \d+ bytes for a part of an array/);
    vi.unstubAllGlobals();
    expect(Math.max(...asked)).toBe(many);
  });
});

describe('readSvhnFile refuses', () => {
  const good = readFileSync(fixture('colour.mat'));
  const page = '<!DOCTYPE html><html><body>404 Not Found</body></html>';
  const hdf5 = '\x89HDF\r\n\x1a\n';
  const userBlock = Buffer.concat([
    Buffer.from('MATLAB 7.3 MAT-file'.padEnd(512)),
    Buffer.from(hdf5, 'latin1'),
  ]);

  it.each<[what: string, bytes: Uint8Array | string, says: RegExp]>([
    ['an empty file', '', /expected a MATLAB 5 file in .*, got an empty file; fetch it again/],
    ['a web page', page, /got a web page; its address no longer leads to the data/],
    ['a web page behind a byte order mark', `\ufeff\n ${page}`, /got a web page/],
    [
      'HDF5',
      Buffer.from(hdf5, 'latin1'),
      /got HDF5, which MATLAB writes with -v7\.3; save it with -v7 instead/,
    ],
    ['HDF5 behind a header of MATLAB’s', userBlock, /got HDF5/],
    [
      'a file of MATLAB 4',
      readFileSync(fixture('version-4.mat')),
      /got a MATLAB 4 file; save it with -v7 instead/,
    ],
    [
      'text',
      'hello '.repeat(100),
      /expected a MATLAB 5 file in .*, got bytes that begin with "hello hello hello he"/,
    ],
    [
      'text that steers a terminal',
      '\u001b[31m\u009bred'.padEnd(600),
      /got bytes that begin with "\\u001b\[31mÂ\\u009bred/,
    ],
    ['half a header', good.subarray(0, 100), /expected 128 bytes of header in .*, got 100 bytes in all/],
    ['a header alone', good.subarray(0, 128), /expected one array "X" in .*, got no arrays/],
    [
      'a file cut short',
      good.subarray(0, 3000),
      /expected at least 5,\d\d\d bytes in .*, got 3,000; it was cut short/,
    ],
    [
      'a file cut short in a tag',
      good.subarray(0, 132),
      /expected at least 136 bytes in .*, got 132; it was cut short/,
    ],
    ['labels alone', matFile([y]), /expected one array "X" in .*, got "y"; choose a file of cropped digits/],
    ['two arrays X', matFile([x, x, y]), /expected one array "X" in .*, got "X", "X", "y"/],
    [
      'X of doubles',
      matFile([{...x, classNumber: 6}, y]),
      /expected X of class uint8 in .*, got double; save it as/,
    ],
    [
      'X of complex numbers',
      matFile([{...x, classNumber: 0x809}, y]),
      /X of class uint8 in .*, got complex uint8/,
    ],
    ['X stored otherwise', matFile([{...x, dataType: 1}, y]), /expected X stored as bytes in .*, got type 1/],
    ['X of other sizes', matFile([{...x, dimensions: [32, 16, 2, 2]}, y]), /32×32×3×n or .*, got 32×16×2×2/],
    [
      'X of negative size',
      matFile([{...x, dimensions: [32, 32, 1, -2]}, y]),
      /each at least 0 in .*32,32,1,-2/,
    ],
    [
      'X of no images',
      matFile([{...x, dimensions: [32, 32, 1, 0], data: new Uint8Array()}, y]),
      /got 32×32×1×0/,
    ],
    [
      'X of fewer bytes',
      matFile([{...x, data: x.data.subarray(8)}, y]),
      /expected 2048 numbers in X .*got 2040 bytes/,
    ],
    [
      'labels that are text',
      matFile([x, {...y, classNumber: 4}]),
      /expected y of a numeric class in .*, got char/,
    ],
    [
      'labels of another number',
      matFile([x, {...y, dimensions: [3, 1]}]),
      /expected y of size 2×1 in .*, got 3×1/,
    ],
    [
      'a label of 0',
      matFile([x, {...y, data: new Uint8Array(16)}]),
      /labels 1 to 10 in .*, got 0 for image 1; give/,
    ],
    [
      'an unknown class',
      matFile([{...x, classNumber: 99}, y]),
      /expected a class of MATLAB’s in .*, got class 99/,
    ],
    [
      'elements that are no arrays',
      concatenated([matHeader(), tag(9, 0, true)]),
      /an array at byte 128 .*type 9/,
    ],
    [
      'too many arrays',
      matFile(Array.from({length: 101}, () => y)),
      /expected at most 100 arrays in .*, got more/,
    ],
  ])('%s', async (_, bytes, says) => {
    const path = fileOf(bytes);
    await expect(readSvhnFile(path)).rejects.toThrow(says);
    await expect(readSvhnFile(path)).rejects.toThrow(/^svhn\.readSvhnFile: expected .*; .*/);
  });

  it('any flipped bit in compressed pixels', async () => {
    for (let at = 200; at < 5000; at += 97) {
      const bytes = Uint8Array.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 16;
      await expect(readSvhnFile(fileOf(bytes)), `byte ${at}`).rejects.toThrow(
        /^svhn\.readSvhnFile: expected /,
      );
    }
  });

  it('a bomb that inflates to more than its array', async () => {
    const element = matElement(x);
    const bomb = deflateSync(concatenated([element, new Uint8Array(2 ** 26)]));
    const path = fileOf(concatenated([matHeader(), tag(15, bomb.length, true), bomb, matElement(y)]));
    const before = process.memoryUsage().arrayBuffers;
    await expect(readSvhnFile(path)).rejects.toThrow(
      /expected an array to end with its data in .*, got more bytes/,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 22);
  });

  it('what is no file, and says what to do', async () => {
    await expect(readSvhnFile(folder)).rejects.toThrow(/expected a file at .*, got a folder; check the path/);
    await expect(readSvhnFile(join(folder, 'none.mat'))).rejects.toBeInstanceOf(InputError);
    await expect(readSvhnFile(join(folder, 'none.mat'))).rejects.toThrow(
      /expected to read .*none\.mat, got ENOENT: no such file; check the path, or fetch it/,
    );
  });

  it('a file that changes while it is read', async () => {
    const path = fileOf(good);
    const change = async (): Promise<void> => void utimesSync(path, 1, 1);
    await expect(withFile(path, change)).rejects.toThrow(
      /expected .* to rest, got a change while it was being read/,
    );
  });

  it.each([0, 1.5, Number.NaN])('to read the first %d images', async (first) => {
    await expect(readSvhnFile(fixture('colour.mat'), {first})).rejects.toThrow(
      /expected first to be an integer of/,
    );
  });

  it('to read under a limit that is none', async () => {
    await expect(readSvhnFile(fixture('colour.mat'), {maximumBytes: Number.NaN})).rejects.toThrow(
      /^svhn\.readSvhnFile: expected maximumBytes to be a number of at least 0, got NaN; /,
    );
  });

  it('options that it does not have', async () => {
    await expect(readSvhnFile(fixture('colour.mat'), {firsts: 1} as object)).rejects.toThrow(
      /^svhn\.readSvhnFile: expected options among first, .*, got "firsts"; did you mean "first"/,
    );
  });

  it('to read more images than there are', async () => {
    await expect(readSvhnFile(fixture('colour.mat'), {first: 4})).rejects.toThrow(
      /expected at least 4 images in .*, got 3; ask for fewer/,
    );
  });
});

const real = sharedSvhn('first1083_32x32.mat');
describe.skipIf(real === null)('real images', () => {
  it('are those that SciPy reads', async () => {
    const images = await readSvhnFile(real ?? '');
    expect(images).toMatchObject({channels: 3, size: 1083});
    expect([...images.pixels.subarray(0, 8)]).toEqual([33, 30, 38, 15, 23, 19, 15, 17]);
    expect([...images.pixels.subarray(-5)]).toEqual([148, 207, 135, 153, 201]);
    // hashlib.md5(np.ascontiguousarray(loadmat(path)['X'].transpose(3, 0, 1, 2)))
    const {createHash} = await import('node:crypto');
    expect(createHash('md5').update(images.pixels).digest('hex')).toBe('89e33eed56e23d1366dff02683eaff55');
    expect([...images.labels.subarray(0, 5)]).toEqual([1, 9, 2, 3, 2]);
    const part = await readSvhnFile(real ?? '', {first: 100});
    expect(part.pixels).toEqual(images.pixels.subarray(0, part.pixels.length));
    expect(datasetFingerprint(svhnDataset(part, {name: 'SVHN'}))).toMatch(/^[0-9a-f]{64}$/);
  });
});

const truncated = sharedSvhn('truncated_train_32x32.mat');
describe.skipIf(truncated === null)('a real download that was cut short', () => {
  it.each([undefined, 10])('is told by its bytes, and never read in part (first %s)', async (first) => {
    await expect(readSvhnFile(truncated ?? '', first === undefined ? {} : {first})).rejects.toThrow(
      /expected 182,040,794 bytes in .*, got 2,686,976; it was cut short; fetch it again/,
    );
  });
});
