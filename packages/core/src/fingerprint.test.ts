import {createHash} from 'node:crypto';
import {expect, test} from 'vitest';
import {fingerprint} from './fingerprint.ts';

test('is the SHA-256 that OpenSSL gives for kind, length and bytes of every part', () => {
  const values = Float32Array.of(1, -2.5, Number.NaN);
  const expected = createHash('sha256')
    .update('text:7;größe')
    .update('Float32Array:12;')
    .update(new Uint8Array(values.buffer))
    .digest('hex');
  expect(fingerprint('größe', values)).toBe(expected);
});

test('tells apart what has the same bytes: another border, another type, another number of parts', () => {
  const bytes = Uint8Array.of(1, 0, 0, 0);
  const all = [
    fingerprint('ab', 'c'),
    fingerprint('a', 'bc'),
    fingerprint('abc'),
    fingerprint('abc', ''),
    fingerprint(bytes),
    fingerprint(new Int32Array(bytes.buffer)),
    fingerprint(new Uint32Array(bytes.buffer)),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test('sees the part of a buffer that a view covers, wherever the view begins', () => {
  const shared = Float32Array.of(9, 1, 2, 9);
  expect(fingerprint(shared.subarray(1, 3))).toBe(fingerprint(Float32Array.of(1, 2)));
});

test('takes a Buffer for the Uint8Array that it is, and knows every kind of array by its name', () => {
  expect(fingerprint(Buffer.of(1, 2))).toBe(fingerprint(Uint8Array.of(1, 2)));
  for (const view of [new BigInt64Array(1), new Uint8ClampedArray(3), new DataView(new ArrayBuffer(2))]) {
    const expected = createHash('sha256').update(`${view.constructor.name}:${view.byteLength};`);
    expect(fingerprint(view)).toBe(expected.update(new Uint8Array(view.byteLength)).digest('hex'));
  }
});

test.each([
  ['a plain array', [1, 2]],
  ['a number', 7],
  ['nothing', undefined],
])('refuses %s, whose contents it would not see', (_, part) => {
  expect(() => fingerprint('a', part as unknown as Float32Array)).toThrow(
    /^core\.fingerprint: expected texts and typed arrays, got .*; /,
  );
});
