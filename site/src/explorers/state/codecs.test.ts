import {expect, it} from 'vitest';
import {listedCodec, numberCodec, placeCodec, wholeCodec, wordCodec} from './codecs.ts';

it('whole numbers are digits of a range, numbers finite ones, words and listed numbers those of a list', () => {
  const whole = wholeCodec(1, 20);
  expect(['1', '20', '007'].map(whole.parse)).toEqual([1, 20, 7]);
  for (const text of ['', '0', '21', '1.5', '1e1', '-1', ' 2', '0x2'])
    expect(whole.parse(text)).toBeUndefined();
  const number = numberCodec(0, Infinity, 3);
  expect(['0', '1e3', '0.12345'].map(number.parse)).toEqual([0, 1000, 0.12345]);
  expect(number.format(0.12345)).toBe('0.123');
  for (const text of ['', ' ', '-1', 'Infinity', 'NaN', 'two']) expect(number.parse(text)).toBeUndefined();
  const listed = listedCodec([0, 0.5, 30_000]);
  expect(['0', '0.5', '3e4', '', '1', 'constructor'].map(listed.parse)).toEqual([0, 1, 2, ...Array(3)]);
  expect(listed.format(2)).toBe('30000');
  const word = wordCodec(['log', 'linear']);
  expect(['linear', 'Linear', 'constructor'].map(word.parse)).toEqual(['linear', undefined, undefined]);
});

it('sliders of powers have their value in the address', () => {
  const powers = placeCodec({from: 1, to: 100}, Math.log10, (place) => 10 ** place, 3);
  expect(['1', '10', '100', '101', '', 'NaN'].map(powers.parse)).toEqual([0, 1, 2, ...Array(3)]);
  expect(powers.format(0.5)).toBe('3.16');
});
