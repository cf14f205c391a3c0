import {expect, it} from 'vitest';
import {MOST_PINS, pinsCodec} from './state.ts';

const runs = Array.from({length: MOST_PINS + 1}, (_, i) => String(i).repeat(16));

it('has pins of runs that several experiments share, by the name of one', () => {
  const pins = [runs[0] ?? '', `${runs[1]}-house-numbers`];
  expect(pinsCodec.parse(pinsCodec.format(pins))).toEqual(pins);
});

it.each(['0123', `${runs[0]}-Toy`, `${runs[0]}-`, `${runs[0]}/x`, runs.join(',')])(
  'knows no pins in %j',
  (text) => {
    expect(pinsCodec.parse(text)).toBeUndefined();
  },
);
