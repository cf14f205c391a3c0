import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openStore, processTag} from '@minefield/results/node';
import {syntheticSweep} from '@minefield/results/testing';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {json, minefield} from '../../test/in-process.ts';

let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minefield-pack-'));
  for (const experiment of ['toy', 'other']) {
    const seeds = experiment === 'toy' ? [1, 2, 3, 4, 5, 6] : [1];
    const sweep = {
      experiment,
      seeds,
      poisonFactors: [0, 0.01, 0.1, 0.8],
      analyses: ['basin', 'margin'] as const,
    };
    for (const record of syntheticSweep(sweep)) await openStore(folder).writeRecord(record);
  }
});
afterEach(() => rmSync(folder, {recursive: true}));

function contents(): Map<string, string> {
  const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter((name) =>
    /\.\w+$/.test(name),
  );
  return new Map(names.toSorted().map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

const pack = (...flags: readonly string[]): ReturnType<typeof minefield> =>
  minefield('pack', ...flags, '--results', folder);

describe('minefield pack', () => {
  it('packs what is worth it, says so, and puts it back as it was', async () => {
    const before = contents();
    const {code, out} = await pack();
    expect(code).toBe(0);
    expect(out).toMatch(
      /^toy\/basin {2}24 packed, \d+ kB → \d+ kB\ntoy\/run {4}24 packed, 1\d\d kB → \d+ kB\n/,
    );
    expect(out).toMatch(/\n48 packed, 36 in files of their own; \d+ kB → \d+ kB\n$/);
    expect([...contents().keys()].filter((name) => name.endsWith('.gz'))).toEqual([
      'toy/basin.jsonl.gz',
      'toy/run.jsonl.gz',
    ]);
    expect((await pack()).out).toMatch(/^toy\/basin {2}24 packed, \d+ kB\n/);
    const undone = await pack('--undo');
    expect(undone.out).toMatch(/toy\/run {4}24 in files of their own, \d+ kB → 1\d\d kB\n/);
    expect(contents()).toEqual(before);
  });

  it('packs all that it is told to, of the experiments that it is told', async () => {
    const document = await json(`pack other --all --results ${folder}`);
    const kind = {packed: 4, loose: 0};
    expect(document).toMatchObject({
      packed: 12,
      loose: 0,
      experiments: [
        {experiment: 'other', kinds: ['basin', 'margin', 'run'].map((name) => ({kind: name, ...kind}))},
      ],
    });
    const files = [...contents().keys()];
    expect(files.filter((name) => name.startsWith('other'))).toEqual([
      'other/basin.jsonl.gz',
      'other/experiment.json',
      'other/margin.jsonl.gz',
      'other/run.jsonl.gz',
    ]);
    expect(files.filter((name) => name.startsWith('toy'))).toHaveLength(1 + 3 * 24);
  });

  it('changes nothing for those who read the records', async () => {
    const asked = [
      ['verify', '--results', folder, '--json'],
      ['agreement', '--results', folder],
      ['status', '--out', folder],
    ];
    const before = [];
    for (const args of asked) before.push(await minefield(...args));
    expect((await pack('--all')).code).toBe(0);
    for (const [i, args] of asked.entries()) expect(await minefield(...args)).toEqual(before[i]);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an experiment that is not there', ['circles'], /no experiment "circles" in .*; name the folder/],
    [
      'a name that leads elsewhere',
      ['../x'],
      /'\.\.\/x' is invalid for argument 'experiment'\. Expected lower-case letters/,
    ],
    ['two wishes at once', ['--undo', '--all'], /--undo takes all packs apart; leave out --all/],
  ])('refuses %s', async (_, flags, message) => {
    const before = contents();
    const {code, notes} = await pack(...flags);
    expect(code).toBe(2);
    expect(notes).toMatch(message);
    expect(contents()).toEqual(before);
  });

  it('refuses a folder without experiments', async () => {
    const {code, notes} = await minefield('pack', '--results', join(folder, 'nowhere'));
    expect(code).toBe(2);
    expect(notes).toMatch(/no experiment in .*nowhere; name the folder/);
  });

  it('waits for no sweep that is running, but says that one is', async () => {
    const work = join(folder, 'toy', '.work');
    mkdirSync(work);
    const report = {startedAt: '', ended: false, fraction: 0.5, secondsLeft: null, running: [], failed: []};
    writeFileSync(join(work, `sweep-${processTag}.0123abcd.json`), JSON.stringify(report));
    const {code, notes} = await pack('toy');
    expect(code).toBe(2);
    expect(notes).toMatch(/a sweep of "toy" is writing records there; wait until it has ended/);
    expect((await pack('other', '--all')).code).toBe(0);
  });

  it('names a damaged record, and moves nothing', async () => {
    const [name = ''] = [...contents().keys()].filter((file) => file.startsWith('toy/run'));
    writeFileSync(join(folder, name), '{');
    const before = contents();
    const {code, notes} = await pack();
    expect(code).toBe(2);
    expect(notes).toContain(`${join(folder, name)} is no valid record`);
    expect([...contents()].filter(([file]) => file.startsWith('toy'))).toEqual(
      [...before].filter(([file]) => file.startsWith('toy')),
    );
  });
});
