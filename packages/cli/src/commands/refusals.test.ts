import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {toyProfiles} from '@minefield/spec';
import {openStore} from '@minefield/results/node';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {minefield} from '../../test/in-process.ts';

/** Holds the profile full of toy. */
const full = mkdtempSync(join(tmpdir(), 'minefield-refusals-'));

beforeAll(async () => {
  await openStore(full).writeRecord({
    schemaVersion: 1,
    kind: 'experiment',
    experiment: 'toy',
    profile: 'full',
    title: 'Toy',
    spec: toyProfiles.full,
    jobs: [],
  });
});

afterAll(() => rmSync(full, {recursive: true}));

it.each([
  {
    line: 'run toy --only volum',
    says: /no job of toy meets --only volum; there are run, .*margin.* of seeds/,
  },
  {line: 'run toy --only seed:1', says: /expected kinds such as run,basin, .* got "seed:1"/},
  {line: 'run toy --out nowhere --shared', says: /--shared is for sweeps with a --queue/},
  {line: 'run toy --out nowhere --shared --dry-run', says: /--shared is for sweeps with a --queue/},
  {
    line: 'data fetch svhn --folder nowhere --from here --mirror http://127.0.0.1:1/',
    says: /--from copies the files and --mirror is where they are downloaded from; give one of them/,
  },
  {
    line: 'run toy --queue redis://127.0.0.1:1 --workers 2',
    says: /--workers is for work on this machine, not for a --queue/,
  },
  {
    line: `run toy --profile quick --out ${full}`,
    says: /holds the profile full of toy, .*; name another folder with --out, or go on there with --replace/,
  },
  {line: 'status ../x', says: /Expected lower-case letters, digits and single hyphens, up to 64/},
  {line: `status ${'a'.repeat(65)}`, says: /single hyphens, up to 64/},
  {line: `new x --name ${'a'.repeat(65)}`, says: /single hyphens, up to 64/},
  {line: `verify --experiment ${'a'.repeat(65)}`, says: /single hyphens, up to 64/},
  {
    line: `spectrum --evaluator ""`,
    says: /expected a program and its arguments, got a program without a name/,
  },
  {line: 'run constructor', says: /unknown experiment "constructor"/},
  {line: 'run toy --profile constructor', says: /unknown --profile "constructor" of toy/},
  {line: 'run toy --out nowhere --queue nowhere', says: /expected a URL such as redis:\/\/host:6379/},
  {line: 'worker', says: /--queue names no Redis; write --queue redis:\/\/host:6379, or set MINEFIELD_QUEUE/},
  {
    line: 'worker --queue redis://:secret@127.0.0.1:1',
    says: /a Redis or Valkey at redis:\/\/127.0.0.1:1, got ECONNREFUSED/,
  },
  {
    line: 'worker --queue redis://127.0.0.1:1 --data nowhere.mat',
    says: /nowhere\.mat/,
  },
  {line: 'run toy --allow-unofficial', says: /--allow-unofficial is for a file that --data names/},
  {
    line: 'run svhn',
    says: /svhn wants data: name a file of SVHN images with --data .*; or run house-numbers/,
  },
  {
    line: 'run toy --data some.mat',
    says: /--data is for experiments on svhn, and two-spirals is drawn; leave it out/,
  },
  {line: 'status --out nowhere', says: /no experiment in .*nowhere; name the folder/},
  {line: 'status --watch --json', says: /--watch draws for a person and --json prints one document/},
])('minefield $line: refuses with exit code 2 and one clear sentence', async ({line, says}) => {
  const {code, out, notes} = await minefield(...line.split(' '));
  expect(notes).toMatch(says);
  expect(notes).toMatch(/^error: /);
  expect(notes).not.toContain('    at ');
  expect(notes).not.toContain('secret');
  expect({code, out}).toEqual({code: 2, out: ''});
});
