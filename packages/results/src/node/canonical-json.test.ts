import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {canonicalJson, identityOf} from './canonical-json.ts';

describe('canonicalJson', () => {
  it('gives the bytes of the example in RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('does not depend on the order of keys, and parses back to an equal value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['undefined', {a: [{b: undefined}]}, /at value\.a\[0\]\.b, got undefined/],
    ['NaN', {a: NaN}, /at value\.a, got NaN/],
    ['a typed array', {a: new Float32Array(2)}, /at value\.a, got a Float32Array/],
    ['a date', new Date(0), /at value, got a Date/],
    ['a function', {a: () => 1}, /at value\.a, got a function/],
    ['a bigint', {a: 1n}, /at value\.a, got a bigint/],
    ['a hole', {a: [1, , 2]}, /at value\.a, got an array with holes/], // eslint-disable-line no-sparse-arrays
    ['a lone surrogate', {a: '\ud800'}, /at value\.a, got a string with a lone surrogate/],
  ])('refuses %s and says where it is', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('identityOf', () => {
  it('is the SHA-256 of the canonical bytes', () => {
    // printf '{"a":1,"b":[2,3]}' | sha256sum
    expect(identityOf({b: [2, 3], a: 1})).toBe(
      'efbd0040190fb0871831e606c581f8a66db79d8e2bb836745a70051306956070',
    );
  });
});
