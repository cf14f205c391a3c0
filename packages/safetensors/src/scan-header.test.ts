import {runInNewContext} from 'node:vm';
import {describe, expect, test} from 'vitest';
import {decodeSafetensors} from './decode-safetensors.ts';

function fileOf(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

function refusalOf(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes);
    return 'none';
  } catch (error) {
    return String(error);
  }
}

/** Headers of about so many bytes that are wrong at their ends, or in no way that a limit tells. */
const shapes: readonly (readonly [string, (size: number) => string])[] = [
  ['one long key before many colons', (size) => `{"${'a'.repeat(size / 2)}"${'[:]'.repeat(size / 6)}`],
  [
    'one long key before one object after another',
    (size) => `{"${'a'.repeat(size / 2)}"${'{:}'.repeat(size / 6)}`,
  ],
  ['escapes in one long name', (size) => `{"${'\\u0061'.repeat(size / 6)}":0,`],
  ['one long text of metadata', (size) => `{"__metadata__":{"a":"${'\\"'.repeat(size / 2)}"},`],
  ['spaces', (size) => `{${' '.repeat(size)}`],
  ['backslashes', (size) => `{"${'\\'.repeat(size)}`],
  ['closing brackets', (size) => `{${']'.repeat(size)}`],
  ['one empty object after another', (size) => `{${'{}'.repeat(size / 2)}`],
  ['an endless number', (size) => `{"t":${'1'.repeat(size)}`],
];

describe('a header of twenty megabytes', () => {
  // In a fraction of a second where every character is read a few times; in hours where one is read again for each other.
  test.each(shapes)('is refused before anybody gives up: %s', (_, headerOf) => {
    const bytes = fileOf(headerOf(20_000_000));
    const refusal = runInNewContext('refusalOf(bytes)', {refusalOf, bytes}, {timeout: 50_000}) as string;
    expect(refusal).toMatch(/^SafetensorsError/);
  });
});

describe('limits', () => {
  test('hold before anything is made of the header: of ten million bytes of names the first too many ends the reading', () => {
    const names = Array.from({length: 500_000}, (_, i) => `"${i}-${'x'.repeat(10)}":{}`);
    const bytes = fileOf(`{${names.join(',')}}`);
    const few = fileOf(`{${names.slice(0, 65_537).join(',')}}`);
    expect(refusalOf(bytes)).toBe(refusalOf(few));
    expect(refusalOf(bytes)).toMatch(/expected at most 65536 tensors, got more; /);
    // What follows is not even JSON, and nobody has looked at it.
    expect(refusalOf(fileOf(`{${names.slice(0, 65_537).join(',')}}} ${'rubbish'.repeat(1000)}`))).toBe(
      refusalOf(few),
    );
  });

  test('hold for texts of the metadata, which count as no tensors', () => {
    const texts = (count: number): string => Array.from({length: count}, (_, i) => `"${i}":""`).join(',');
    const read = decodeSafetensors(fileOf(`{"__metadata__":{${texts(65_536)}}}`), {tensors: 0});
    expect(Object.keys(read.metadata)).toHaveLength(65_536);
    expect(refusalOf(fileOf(`{"__metadata__":{${texts(65_537)}}}`))).toMatch(
      /at most 65536 texts of "__metadata__", got more/,
    );
  });

  test('hold for dimensions', () => {
    const ones = (count: number): string =>
      `{"t":{"dtype":"I64","shape":[${Array(count).fill(0)}],"data_offsets":[0,0]}}`;
    expect(decodeSafetensors(fileOf(ones(64))).tensors[0]?.shape).toHaveLength(64);
    expect(refusalOf(fileOf(ones(65)))).toMatch(/at most 64 numbers in a list, got more/);
  });
});

test.each([
  ['a colon after no key', '{:1}', /a header of JSON, got ":" without a key/],
  ['two colons after one key', '{"a"::1}', /a header of JSON, got ":" without a key/],
  ['a key outside of the object', '{}"a":1', /a header of JSON/],
  ['a key within a list', '{"a":["b":1]}', /a header of JSON/],
  ['a key within a shape', '{"t":{"shape":[{"a":1}]}}', /at most 3 levels/],
  [
    'an unknown key before the known ones',
    '{"t":{"x":0,"dtype":"F32","shape":[0],"data_offsets":[0,0]}}',
    /in "t", got "x"/,
  ],
])('%s is refused, in words', (_, header, message) => {
  expect(refusalOf(fileOf(header))).toMatch(message);
});

test('a sentence stays short, however long the names that it quotes', () => {
  const name = 'n'.repeat(100_000);
  for (const header of [
    `{"${name}":0}`,
    `{"${name}":{"dtype":"F31"}}`,
    `{"${name}":{"x":0}}`,
    `{"a":0,"a":0,"${name}":0}`,
  ]) {
    expect(refusalOf(fileOf(header)).length).toBeLessThan(400);
  }
});
