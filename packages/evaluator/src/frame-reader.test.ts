import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {FrameReader} from './frame-reader.ts';
import {type Frame, frameHead} from './frame.ts';

const frames = fc.array(
  fc.record({
    header: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()), {
      noNullPrototype: true,
    }),
    payload: fc.uint8Array({maxLength: 50}),
  }),
);

function read(
  bytes: Uint8Array,
  cuts: readonly number[],
  admit: (bytes: number) => void = () => {},
): Frame[] {
  const found: Frame[] = [];
  const reader = new FrameReader(
    (_, length) => admit(length),
    (frame) => void found.push(frame),
  );
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  places.slice(1).forEach((end, i) => reader.push(bytes.subarray(places[i], end)));
  return found;
}

it('gives back the frames that were written, wherever the stream was cut', () => {
  fc.assert(
    fc.property(frames, fc.array(fc.nat()), (written, cuts) => {
      const bytes = Buffer.concat(
        written.flatMap(({header, payload}) => [frameHead(header, payload.length), payload]),
      );
      const found = read(bytes, cuts);
      expect(found.map(({header}) => header)).toEqual(written.map(({header}) => header));
      expect(found.map(({payload}) => [...payload])).toEqual(written.map(({payload}) => [...payload]));
    }),
  );
});

it('takes any other bytes for a refusal in words, or waits for more', () => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 1}), fc.array(fc.nat()), (bytes, cuts) => {
      try {
        expect(read(bytes, cuts)).toEqual([]);
      } catch (error) {
        expect(String(error)).toMatch(/^InputError: evaluator\.objectiveFromProcess: expected .+, got .+; /s);
      }
    }),
  );
});

it('asks about a length before it takes memory, and no more after a refusal', () => {
  const head = frameHead({id: 1}, 2 ** 30);
  const before = process.memoryUsage().arrayBuffers;
  const refuse = (length: number): void => {
    throw new Error(`${length} are too many`);
  };
  expect(() => read(head, [], refuse)).toThrow('1073741824 are too many');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});

it('takes memory for what comes, not for what is announced', () => {
  const before = process.memoryUsage().arrayBuffers;
  const reader = new FrameReader(
    () => undefined,
    () => undefined,
  );
  reader.push(frameHead({id: 1}, 2 ** 30));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  const piece = new Uint8Array(2 ** 20);
  for (let pieces = 0; pieces < 8; pieces++) reader.push(piece);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 26);
});

it('says within the first byte that it is no frame', () => {
  expect(() => read(Buffer.from('x'), [])).toThrow(/got "x"/);
  expect(read(Buffer.from('MFE'), [1, 2])).toEqual([]);
  expect(() => read(Buffer.from('MFE2'), [1, 2])).toThrow(/got one of version 2/);
});
