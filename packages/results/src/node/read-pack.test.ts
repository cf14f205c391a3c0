import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {syntheticRun} from '../testing/index.ts';
import {type PackLimits, packLimits, readPack} from './read-pack.ts';

const runs = [1, 2, 3].map((seed) => syntheticRun({seed}));
const text = runs.map((run) => `${JSON.stringify(run)}\n`).join('');
const whole = gzipSync(text);

const changedAt = (place: number): Uint8Array => whole.with(place, (whole.at(place) ?? 0) ^ 1);

const read = (content: Uint8Array, limits: Partial<PackLimits> = {}): ReturnType<typeof readPack> =>
  readPack(content, 'toy/run.jsonl.gz', {...packLimits, ...limits});

describe('readPack', () => {
  it('gives the values of the lines, each with its place and the start of its identity', async () => {
    const {lines, byStart, bytes} = await read(whole);
    expect(lines.map(({value}) => value)).toEqual(runs);
    expect(lines.map(({source}) => source)).toEqual([1, 2, 3].map((line) => `toy/run.jsonl.gz:${line}`));
    for (const run of runs) expect(byStart.get(run.identity.slice(0, 16))?.value).toEqual(run);
    expect(bytes).toBe(Buffer.byteLength(text));
  });

  it('reads lines that the pieces of the gzip cut, and gzips that follow one another', async () => {
    const long = JSON.stringify({identity: 'a'.repeat(64), text: 'ü'.repeat(400_000)});
    const {lines} = await read(Buffer.concat([whole, gzipSync(`${long}\n`), gzipSync('{"a": 1}')]));
    expect(lines.map(({value}) => value)).toEqual([...runs, JSON.parse(long), {a: 1}]);
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    ['nothing', () => new Uint8Array(), /a whole gzip file, got unexpected end of file/],
    ['no gzip', () => Buffer.from(text), /a whole gzip file, got incorrect header check/],
    ['a gzip without its end', () => whole.subarray(0, -9), /a whole gzip file, got unexpected end of file/],
    ['another checksum', () => changedAt(whole.length - 8), /a whole gzip file, got incorrect data check/],
    ['another length', () => changedAt(whole.length - 4), /a whole gzip file, got incorrect length check/],
    [
      'zeros after its end',
      () => Buffer.concat([whole, new Uint8Array(5)]),
      /nothing after the end of the gzip, got 5 bytes/,
    ],
    ['a gzip of nothing', () => gzipSync(''), /expected a record, got nothing/],
  ])('refuses %s', async (_, make, message) => {
    await expect(read(make())).rejects.toThrow(message);
    await expect(read(make())).rejects.toThrow(/^toy\/run\.jsonl\.gz is no valid record: expected/);
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '{"identity": ', /^toy\/run\.jsonl\.gz:4 is no valid record: .*JSON/],
    ['nothing', '', /^toy\/run\.jsonl\.gz:4 is no valid record: .*JSON/],
    ['a key that leads to a prototype', '{"__proto__": {}}', /:4 is no valid record: expected ordinary keys/],
    [
      'a record that is there',
      JSON.stringify(runs[1]),
      /:4 is no valid record: expected each record once, got that of toy\/run\.jsonl\.gz:2 again/,
    ],
  ])('tells the line that holds %s, and reads the others', async (_, line, message) => {
    const {lines, byStart} = await read(
      gzipSync(`${text}${line}\n${JSON.stringify(syntheticRun({seed: 4}))}\n`),
    );
    expect(lines.map(({fault}) => fault?.message)).toEqual([
      undefined,
      undefined,
      undefined,
      expect.stringMatching(message),
      undefined,
    ]);
    expect(byStart.size).toBe(4);
    expect(byStart.get(runs[1]?.identity.slice(0, 16) ?? '')).toBe(lines[1]);
  });

  it.each<[string, Partial<PackLimits>, RegExp]>([
    ['bytes', {maximumBytes: text.length - 1}, /expected at most \d+ bytes unpacked, got more/],
    ['records', {maximumRecords: 2}, /expected at most 2 lines, got more/],
  ])('refuses more %s than its limit, and takes as many', async (what, limits, message) => {
    await expect(read(whole, limits)).rejects.toThrow(message);
    const most = {maximumBytes: text.length, maximumRecords: 3};
    expect((await read(whole, most)).lines, what).toHaveLength(3);
  });

  it('refuses a line that is too long, before it is whole', async () => {
    const {lines} = await read(whole, {maximumLineBytes: 1000});
    expect(lines[0]?.fault?.message).toMatch(/:1 is no valid record: expected at most 1000 characters, got/);
    const endless = gzipSync(' '.repeat(2 ** 20));
    await expect(read(endless, {maximumLineBytes: 2 ** 19})).rejects.toThrow(
      /expected lines of at most 524288 bytes, got more/,
    );
  });

  it('takes no memory for what a gzip would grow to: a thousand times its length, in one line or in many', async () => {
    for (const [unit, message] of [
      [' ', /lines of at most 67108864 bytes/],
      ['\n', /at most 65536 lines/],
    ] as const) {
      const bomb = gzipSync(Buffer.alloc(2 ** 28, unit));
      expect(bomb.length).toBeLessThan(2 ** 19);
      const before = process.memoryUsage().arrayBuffers;
      let most = 0;
      const timer = setInterval(
        () => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)),
        1,
      );
      await expect(read(bomb)).rejects.toThrow(message);
      clearInterval(timer);
      expect(most).toBeLessThan(2 ** 27);
    }
  });
});
