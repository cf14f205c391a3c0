import {readFileSync} from 'node:fs';
import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type DecodedTensor, decodeSafetensors} from './decode-safetensors.ts';
import {type NamedTensor, encodeSafetensors} from './encode-safetensors.ts';

const reference = readFileSync(new URL('../test/fixtures/reference.safetensors', import.meta.url));

/** A file with this header and `dataLength` zero bytes. */
function fileOf(header: string, dataLength = 0, announced?: bigint): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, announced ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A file with this entry as its only tensor "t", and eight bytes of data. */
function fileOfEntry(entry: unknown): Uint8Array {
  return fileOf(JSON.stringify({t: entry}), 8);
}

function attempt(action: () => unknown): string {
  try {
    action();
    return 'done';
  } catch (error) {
    return String(error);
  }
}

function bytesOf({data}: {readonly data: ArrayBufferView}): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

const text = fc.string({unit: 'binary', maxLength: 12});
const tensor: fc.Arbitrary<NamedTensor> = fc
  .record({
    name: text.filter((name) => name !== '__metadata__'),
    shape: fc.array(fc.nat({max: 4}), {maxLength: 4}),
  })
  .chain(({name, shape}) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return fc.float32Array({minLength: size, maxLength: size}).map((data) => ({name, shape, data}));
  });
const tensors = fc.uniqueArray(tensor, {selector: ({name}) => name, maxLength: 6});
const metadata = fc.dictionary(text, text);

describe('round trip', () => {
  test('double precision keeps every bit, and lies aligned before single precision', () => {
    const written = [
      {name: 'a', shape: [1], data: Float32Array.of(0.1)},
      {name: 'b', shape: [2], data: Float64Array.of(0.1, -Infinity)},
    ];
    const {tensors: read} = decodeSafetensors(encodeSafetensors(written));
    expect(read.map(({name, dtype, data}) => [name, dtype, data])).toEqual([
      ['b', 'F64', Float64Array.of(0.1, -Infinity)],
      ['a', 'F32', Float32Array.of(0.1)],
    ]);
  });

  test('decoding gives back names, shapes, metadata and every bit of the data', () => {
    fc.assert(
      fc.property(tensors, metadata, (written, notes) => {
        const read = decodeSafetensors(encodeSafetensors(written, notes));
        expect(read.metadata).toEqual({...notes});
        expect(read.tensors).toHaveLength(written.length);
        const byName = new Map(read.tensors.map((decoded) => [decoded.name, decoded]));
        for (const original of written) {
          const decoded = byName.get(original.name);
          expect(decoded?.dtype).toBe('F32');
          expect(decoded?.shape).toEqual(original.shape);
          expect(decoded && bytesOf(decoded)).toEqual(bytesOf(original));
        }
      }),
    );
  });

  test('the order in which tensors and metadata are given leaves no trace in the bytes', () => {
    fc.assert(
      fc.property(tensors, metadata, (written, notes) => {
        const reversedNotes = Object.fromEntries(Object.entries(notes).toReversed());
        expect(encodeSafetensors(written.toReversed(), reversedNotes)).toEqual(
          encodeSafetensors(written, notes),
        );
      }),
    );
  });

  test('data start on a multiple of eight bytes, after a header padded with spaces', () => {
    for (const name of ['a', 'ab', 'abc', 'abcdefg', 'ü']) {
      const bytes = encodeSafetensors([{name, shape: [], data: Float32Array.of(1)}]);
      const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      expect(length % 8).toBe(0);
      expect(new TextDecoder().decode(bytes.subarray(8, 8 + length))).toMatch(/^\{.*\} *$/);
      expect(bytes.length).toBe(8 + length + 4);
    }
  });

  test('a view into a larger buffer is written and read as that view', () => {
    const shared = Float32Array.of(9, 1, 2, 9);
    const bytes = encodeSafetensors([{name: 'a', shape: [2], data: shared.subarray(1, 3)}]);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3)).tensors[0]?.data).toEqual(Float32Array.of(1, 2));
  });

  test('nothing at all is a valid file', () => {
    expect(decodeSafetensors(encodeSafetensors([]))).toEqual({tensors: [], metadata: {}});
  });
});

describe('a file written by NumPy and PyTorch', () => {
  const read = decodeSafetensors(reference);
  const named = (name: string): DecodedTensor => {
    const found = read.tensors.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`the fixture has no "${name}"`);
    return found;
  };

  test('keeps its metadata', () => {
    expect(read.metadata).toEqual({läge: 'über 😀', note: 'a "quoted" text'});
  });

  test('gives F32, F64, I64, scalars and empty tensors', () => {
    expect(named('weights')).toEqual({
      name: 'weights',
      dtype: 'F32',
      shape: [2, 3],
      data: Float32Array.of(0.1, -2, 3e-42, 4, Infinity, 6),
    });
    expect(named('double')).toMatchObject({dtype: 'F64', shape: [], data: Float64Array.of(0.1)});
    expect(named('steps').data).toEqual(BigInt64Array.of(-1n, 2n ** 62n, -(2n ** 63n)));
    expect(named('empty')).toMatchObject({shape: [0, 4], data: new Float32Array(0)});
  });

  test.each([
    ['bytes', 'U8', Int32Array.of(0, 255)],
    ['signed bytes', 'I8', Int32Array.of(-128, 127)],
    ['shorts', 'I16', Int32Array.of(-(2 ** 15), 2 ** 15 - 1)],
    ['unsigned shorts', 'U16', Int32Array.of(0, 2 ** 16 - 1)],
    ['words', 'I32', Int32Array.of(-(2 ** 31), 2 ** 31 - 1)],
    ['unsigned words', 'U32', BigInt64Array.of(0n, 2n ** 32n - 1n)],
  ])('gives %s, %s, as they are', (name, dtype, data) => {
    expect(named(name)).toEqual({name, dtype, shape: [2], data});
  });

  test('gives F16 and BF16 as the singles that NumPy and PyTorch widen them to', () => {
    expect(named('half')).toMatchObject({dtype: 'F16', shape: [2, 5]});
    expect(named('half').data).toEqual(named('half as single').data);
    expect(named('brain').data).toEqual(named('brain as single').data);
  });
});

describe('hostile files', () => {
  const f32 = {dtype: 'F32', shape: [2], data_offsets: [0, 8]};

  test('the entry that the others distort is itself fine', () => {
    expect(decodeSafetensors(fileOfEntry(f32)).tensors[0]?.data).toEqual(new Float32Array(2));
  });

  test.each([
    ['no bytes', new Uint8Array(0), /at least 8 bytes, got 0/],
    ['a header longer than the file', fileOf('{}', 0, 3n), /header of at most 2 bytes, got 3/],
    ['a header length of 2⁶⁴ − 1', fileOf('{}', 0, 2n ** 64n - 1n), /got 18446744073709551615/],
    ['an empty header', fileOf(''), /begins with "\{", got byte none/],
    ['a header that is a list', fileOf('[]'), /begins with "\{", got byte 91/],
    ['a header with a byte order mark', fileOf('\ufeff{}'), /begins with "\{"/],
    ['a header cut short', fileOf('{"t":'), /a header of JSON/],
    ['text after the header', fileOf('{} x'), /a header of JSON/],
    ['a key given twice', fileOf('{"a":{},"\\u0061":{}}'), /every key once, got "a" twice/],
    [
      'a key given twice within an entry',
      fileOf('{"t":{"dtype":"F32","shape":[2],"shape":[2],"data_offsets":[0,8]}}', 8),
      /every key once, got "shape" twice/,
    ],
    ['deep nesting', fileOf(`{"t":${'['.repeat(100_000)}`), /at most 3 levels/],
    ['an entry that is a number', fileOfEntry(3), /"t" to be a JSON object, got 3/],
    ['an entry that is null', fileOfEntry(null), /"t" to be a JSON object, got null/],
    ['an unknown type', fileOfEntry({...f32, dtype: 'F31'}), /as dtype of "t", got "F31"/],
    ['a type that names a method', fileOfEntry({...f32, dtype: 'toString'}), /as dtype of "t"/],
    ['a missing shape', fileOfEntry({dtype: 'F32', data_offsets: [0, 8]}), /as shape of "t"/],
    ['a negative size', fileOfEntry({...f32, shape: [-2]}), /as shape of "t", got \[-2\]/],
    ['a fractional size', fileOfEntry({...f32, shape: [0.5]}), /as shape of "t"/],
    [
      'a size beyond 2⁵³',
      fileOf('{"t":{"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,8]}}', 8),
      /as shape/,
    ],
    [
      'a shape whose product overflows',
      fileOfEntry({...f32, shape: [2 ** 32, 2 ** 32]}),
      /less than 2\^53 bytes/,
    ],
    [
      'a shape whose product overflows to 0',
      fileOfEntry({...f32, shape: [...Array(40).fill(2 ** 50), 0]}),
      /2\^53/,
    ],
    [
      'a shape larger than its data',
      fileOfEntry({...f32, shape: [3]}),
      /12 bytes for shape \[3\] of "t", got 8/,
    ],
    ['descending offsets', fileOfEntry({...f32, data_offsets: [8, 0]}), /ascending data_offsets/],
    ['one offset', fileOfEntry({...f32, data_offsets: [0]}), /ascending data_offsets/],
    ['three offsets', fileOfEntry({...f32, data_offsets: [0, 8, 8]}), /ascending data_offsets/],
    ['negative offsets', fileOfEntry({...f32, data_offsets: [-8, 0]}), /data_offsets >= 0/],
    ['offsets beyond the file', fileOf(JSON.stringify({t: f32}), 4), /8 bytes of data, got 4/],
    ['data that no tensor names', fileOf(JSON.stringify({t: f32}), 12), /8 bytes of data, got 12/],
    [
      'a gap before a tensor',
      fileOfEntry({dtype: 'F32', shape: [1], data_offsets: [4, 8]}),
      /data of "t" to begin at byte 0, got 4/,
    ],
    [
      'overlapping tensors',
      fileOf(JSON.stringify({a: f32, b: {...f32, data_offsets: [4, 12]}}), 12),
      /data of "b" to begin at byte 8, got 4/,
    ],
    ['a field of its own', fileOfEntry({...f32, extra: 1}), /got "extra"/],
    ['metadata that is a list', fileOf('{"__metadata__":[]}'), /"__metadata__" to be a JSON object/],
    [
      'a name that steers a terminal',
      fileOf('{"\\u001b[31m\\u202e":{}}'),
      /as dtype of "\\u001b\[31m\\u202e", got/,
    ],
    ['metadata that is no text', fileOf('{"__metadata__":{"seed":1}}'), /text as "seed"/],
  ])('%s is refused, in words', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(RangeError);
    expect(() => decodeSafetensors(bytes)).toThrow(message);
  });

  test('a header that is not UTF-8 is refused', () => {
    const bytes = fileOf('{"\u0001":0}');
    bytes[10] = 0xff;
    expect(() => decodeSafetensors(bytes)).toThrow(/a header in UTF-8/);
  });

  test('limits on header length and on tensors hold', () => {
    const bytes = encodeSafetensors(
      ['a', 'b', 'c'].map((name) => ({name, shape: [0], data: new Float32Array(0)})),
    );
    expect(decodeSafetensors(bytes, {tensors: 3}).tensors).toHaveLength(3);
    expect(() => decodeSafetensors(bytes, {tensors: 2})).toThrow(/at most 2 tensors, got more/);
    expect(() => decodeSafetensors(bytes, {headerBytes: 64})).toThrow(/at most 64 bytes/);
  });

  test('a name such as __proto__ is a name like any other', () => {
    const written = [{name: '__proto__', shape: [1], data: Float32Array.of(1)}];
    const read = decodeSafetensors(encodeSafetensors(written, {['__proto__']: 'text'}));
    expect(read.tensors[0]).toMatchObject(written[0] ?? {});
    expect(Object.entries(read.metadata)).toEqual([['__proto__', 'text']]);
  });

  test('any damage to a valid file is either harmless or refused with an error of our own', () => {
    const change = fc.record({at: fc.nat({max: reference.length - 1}), to: fc.nat({max: 255})});
    fc.assert(
      fc.property(
        fc.array(change, {minLength: 1, maxLength: 4}),
        fc.nat({max: reference.length}),
        (changes, length) => {
          const bytes = Uint8Array.from(reference);
          for (const {at, to} of changes) bytes[at] = to;
          for (const damaged of [bytes, bytes.subarray(0, length)]) {
            expect(attempt(() => decodeSafetensors(damaged))).toMatch(
              /^done$|^SafetensorsError: safetensors\.decodeSafetensors: expected .*, got .*; the file is damaged/s,
            );
          }
        },
      ),
      {numRuns: 500},
    );
  });
});

test.each([
  ['a reserved name', [{name: '__metadata__', shape: [1]}], /unique, unreserved names/],
  [
    'a name given twice',
    [
      {name: 'a', shape: [1]},
      {name: 'a', shape: [1]},
    ],
    /names, got "a"/,
  ],
  ['a shape of another size', [{name: 'a', shape: [2]}], /a shape of 1 entries, got \[2\] for "a"/],
  ['negative sizes whose product fits', [{name: 'a', shape: [-1, -1]}], /a shape of 1 entries/],
])('encodeSafetensors refuses %s', (_, specs, message) => {
  const invalid = specs.map((spec) => ({...spec, data: Float32Array.of(1)}));
  expect(() => encodeSafetensors(invalid)).toThrow(message);
});

test.each([
  ['whole numbers, which readers would take for floats', Int32Array.of(1)],
  ['plain numbers', [1]],
])('encodeSafetensors refuses an array of %s', (_, data) => {
  expect(() => encodeSafetensors([{name: 'a', shape: [1], data: data as unknown as Float32Array}])).toThrow(
    /^safetensors\.encodeSafetensors: expected a Float32Array or Float64Array for "a", got /,
  );
});

test('encodeSafetensors refuses metadata that no reader takes', () => {
  expect(() => encodeSafetensors([], {seed: 1 as unknown as string})).toThrow(
    /^safetensors\.encodeSafetensors: expected text as "seed" of the metadata, got 1; /,
  );
});

test('decodeSafetensors refuses what are no bytes, and limits that it does not have', () => {
  const bytes = encodeSafetensors([]);
  expect(() => decodeSafetensors(bytes.buffer as unknown as Uint8Array)).toThrow(
    /^safetensors\.decodeSafetensors: expected a Uint8Array, got ArrayBuffer; /,
  );
  expect(() => decodeSafetensors(bytes, {tensor: 1} as object)).toThrow(
    /^safetensors\.decodeSafetensors: expected limits among headerBytes, tensors, got "tensor"; /,
  );
  expect(() => decodeSafetensors(bytes, {tensors: Number.NaN})).toThrow(
    /^safetensors\.decodeSafetensors: expected tensors to be a number of at least 0, got NaN; /,
  );
});
