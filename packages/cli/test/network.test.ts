import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {tinySpec} from '@minefield/experiments/testing';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {runNode} from '../../../.ci/run-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-closed-'));
const results = join(folder, 'results');

beforeAll(() => {
  const spec = {...tinySpec, analyses: {margin: {angles: 16, maximum: 20}}};
  writeFileSync(join(folder, 'tiny.json'), JSON.stringify(spec));
});

afterAll(() => rmSync(folder, {recursive: true}));

describe('with the network closed, the command', () => {
  // In this order: what one leaves is what the next reads.
  it.each([
    ['runs an experiment in worker processes', `run ${folder}/tiny.json --out ${results} --workers 2`],
    ['says how it stands', `status --out ${results}`],
    ['packs its records', `pack --results ${results}`],
    ['judges it', `verify --experiment tiny --results ${results}`],
    ['measures a minimum', 'volume --objective slab --dimension 5 --constrained 2 --directions 200'],
    ['looks for backends', 'doctor'],
  ])('%s', (_, line) => {
    const args = [join(import.meta.dirname, '../src/main.ts'), ...line.split(' ')];
    const {attempts, status, stderr} = runNode({cwd: folder, args});
    expect(attempts).toBe('');
    expect(status, stderr).toBe(0);
  });
});
