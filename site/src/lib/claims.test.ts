import {execFileSync} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {loadClaims, partsOf} from './claims.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minefield-claims-'));
});
afterEach(() => rm(folder, {recursive: true}));

const claim = {
  id: 2,
  experiment: 'toy',
  title: 'Bad minimum',
  paper: 'test 7%',
  ours: 'test 8%',
  criterion: 'test ≤ 10%',
  verdict: 'pass',
  records: [],
};

it('has no claims where they were never verified', async () => {
  expect(await loadClaims(folder)).toBeNull();
});

it('sorts the claims by number, and gives each an anchor of its own', async () => {
  const claims = [
    {...claim, id: 8, experiment: 'svhn'},
    {...claim, id: 8, experiment: 'house-numbers'},
    claim,
    {...claim, experiment: 'my-toy'},
    {...claim, experiment: 'another'},
  ];
  await writeFile(join(folder, 'claims.json'), JSON.stringify({claims}));
  expect((await loadClaims(folder))?.map(({anchor}) => anchor)).toEqual([
    'claim-2',
    'claim-2-my-toy',
    'claim-2-another',
    'claim-8-svhn',
    'claim-8-house-numbers',
  ]);
});

it('names the file and every failing path of a document that is not valid', async () => {
  const file = join(folder, 'claims.json');
  await writeFile(
    file,
    JSON.stringify({
      claims: [
        {...claim, verdict: 'maybe'},
        {...claim, records: 3},
      ],
    }),
  );
  await expect(loadClaims(folder)).rejects.toThrow(file);
  await expect(loadClaims(folder)).rejects.toThrow(/claims\[0\]\.verdict: [^]*claims\[1\]\.records: /);
});

it('names the file that is no JSON', async () => {
  await writeFile(join(folder, 'claims.json'), '{"claims": [');
  await expect(loadClaims(folder)).rejects.toThrow(/claims\.json: expected JSON/);
});

it('puts the parts of a statement on lines of their own', () => {
  expect(partsOf('loss 0.25: 1.2; loss 0.5: 1.4')).toEqual(['loss 0.25: 1.2', 'loss 0.5: 1.4']);
});

it.skipIf(process.platform === 'win32')(
  'refuses what is no regular file, without waiting for it',
  async () => {
    execFileSync('mknod', [join(folder, 'claims.json'), 'p']);
    await expect(loadClaims(folder)).rejects.toThrow(
      /claims\.json: expected JSON, got TypeError: no regular file; /,
    );
  },
);
