/** What is committed under results/ is whole, of the versions that the code has, and says what claims.json says. */
import {readFileSync, readdirSync, statSync} from 'node:fs';
import {join, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {ExperimentRecord, ResultRecord} from '@minefield/results';
import {analysisIdentity, openStore, runIdentity} from '@minefield/results/node';
import {beforeAll, describe, expect, it} from 'vitest';
import {algorithmVersions} from '@minefield/experiments';
import {CLAIMED_EXPERIMENTS, parseClaims, verifyAll} from '@minefield/claims';

const folder = fileURLToPath(new URL('../../../results', import.meta.url));
const store = openStore(folder);

/**
 * Records that cannot be taken anew, with the version that they have: the images of `svhn` may not be passed on, so
 * its checkpoints are not in the repository either. Of seeds 1 and 2; those after them came later.
 */
const OLDER: Readonly<Record<string, number>> = {'svhn/curvature': 5, 'svhn/spectrum': 1};

/**
 * Experiments whose parameters are not here: of images that may not be passed on, of large networks, of networks that nothing
 * but gaps is measured of, and three to leave room. `.gitignore` has the same.
 */
const WITHOUT_PARAMETERS: ReadonlySet<string> = new Set([
  'svhn',
  'res-net',
  'svhn-res-net',
  'small-poison',
  'small-poison-short',
  'small-poison-long',
  'circles-wide',
  'functions',
  'functions-long',
]);

let records: readonly ResultRecord[];
let heads: readonly ExperimentRecord[];

beforeAll(async () => {
  records = await store.readRecords();
  heads = records.filter((record) => record.kind === 'experiment');
});

describe('the committed results', () => {
  it('hold what their experiments name, and nothing else', () => {
    const named = heads.flatMap(({jobs}) => jobs.map(({identity}) => identity));
    const there = records.flatMap((record) => (record.kind === 'experiment' ? [] : [record.identity]));
    expect(heads.length).toBeGreaterThan(2);
    expect(there.toSorted()).toEqual(named.toSorted());
  });

  it('are of the versions that steps have now, but for those that cannot be taken anew; made by committed code', () => {
    for (const record of records) {
      if (record.kind === 'experiment') continue;
      const step = record.kind === 'run' ? 'training' : record.analysis;
      const place = `${record.experiment}/${step}/${record.identity.slice(0, 16)}`;
      const older = record.seed <= 2 ? OLDER[`${record.experiment}/${step}`] : undefined;
      const version = older ?? algorithmVersions[step];
      expect(record.algorithmVersions, place).toEqual({[step]: version});
      expect(record.provenance.gitDirty, place).toBe(false);
    }
  });

  it('have the identity of what they say: every run, and every analysis by its run', () => {
    const runs = new Map(records.filter((record) => record.kind === 'run').map((run) => [run.identity, run]));
    const searches = new Map(
      records.flatMap((record) =>
        record.kind === 'analysis' && record.analysis === 'search' && record.data.checkpoint !== null
          ? [[record.data.checkpoint.sha256, record.identity] as const]
          : [],
      ),
    );
    for (const record of records) {
      if (record.kind === 'experiment') continue;
      const run = record.kind === 'run' ? record : runs.get(record.run);
      if (run === undefined) throw new Error(`no run of ${record.identity}`);
      const expected = record.kind === 'run' ? runIdentity(run) : analysisIdentity(record, run, searches);
      expect(record.identity, `${record.experiment}/${record.kind}`).toBe(expected);
    }
  });

  it('hold the files that records name, but for parameters that are left out', async () => {
    for (const record of records) {
      if (record.kind === 'experiment' || !('checkpoint' in record.data)) continue;
      const {checkpoint} = record.data;
      if (checkpoint === null || WITHOUT_PARAMETERS.has(record.experiment)) continue;
      expect((await store.readCheckpoint(record.experiment, checkpoint.sha256)).length).toBeGreaterThan(0);
    }
  });

  it('give the verdicts of claims.json', () => {
    const committed = parseClaims(
      JSON.parse(readFileSync(join(folder, 'claims.json'), 'utf8')),
      'claims.json',
    );
    const claimed = CLAIMED_EXPERIMENTS.flatMap((name) =>
      heads.filter(({experiment}) => experiment === name),
    );
    expect(verifyAll(claimed, records)).toEqual(committed);
  });

  it('stay under 25 MB', () => {
    const paths = readdirSync(folder, {recursive: true, encoding: 'utf8'});
    const files = paths.filter((path) => {
      const [experiment = '', kind] = path.split(sep);
      return !(kind === 'checkpoints' && WITHOUT_PARAMETERS.has(experiment));
    });
    const stats = files.map((path) => statSync(join(folder, path))).filter((stat) => stat.isFile());
    const size = stats.reduce((sum, stat) => sum + stat.size, 0);
    expect(size).toBeLessThan(25e6);
  });
});
