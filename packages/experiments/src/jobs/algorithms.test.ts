import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {AnalysisRecord, RunRecord} from '@minefield/results';
import {identityOf, openStore} from '@minefield/results/node';
import {expect, it} from 'vitest';
import {tinyMinefield} from '../testing/tiny-minefield.ts';
import {tinySpec} from '../testing/tiny-spec.ts';
import {algorithmVersions} from './algorithms.ts';
import {inlineExecutor} from '../execute/inline-executor.ts';
import {runExperiment} from '../sweep/run-experiment.ts';
import {portable} from '../testing/portable.ts';

/**
 * Records promise the same bytes for the same identity, and a step's version is part of the identity. When this fails,
 * some package changed what a step computes, if only its last bit: raise the version of that step in algorithms.ts, make
 * the committed results anew, and write the new fingerprints with `vitest run -u` on this file.
 */
it('gives the same portable numbers on every machine for as long as a step’s version stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minefield-numbers-'));
  try {
    const store = openStore(folder);
    // Clipping is on, as in the toy, so that every reduction of a step takes part.
    const spec = {...tinySpec, recipe: {...tinySpec.recipe, clipNorm: 1}};
    await runExperiment(spec, {store, executor: inlineExecutor(portable), ...portable});
    await runExperiment(tinyMinefield, {store, executor: inlineExecutor(portable), ...portable});
    const records = (await store.readRecords()).filter((record) => record.kind !== 'experiment');
    const ordered = records
      .filter(({experiment, kind}) => experiment === 'tiny' || kind === 'analysis')
      .toSorted((a, b) => a.poisonFactor - b.poisonFactor || a.seed - b.seed || startOf(a) - startOf(b));
    const fingerprints = Object.entries(algorithmVersions).map(([step, version]) => {
      const made = ordered.filter(
        (record) => (record.kind === 'run' ? 'training' : record.analysis) === step,
      );
      // A checkpoint's metadata names its job, so its hash follows from more than numbers.
      const numbers = made.map(({data}) =>
        JSON.stringify(data, (key, value) => (['checkpoint', 'searches'].includes(key) ? undefined : value)),
      );
      expect(made.length).toBeGreaterThan(0);
      return `${step} ${version} ${identityOf(numbers)}`;
    });
    await expect(`${fingerprints.join('\n')}\n`).toMatchFileSnapshot('../../test/fixtures/numbers.txt');
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
});

/** Where along the path a search begins; 0 for everything else. */
function startOf(record: RunRecord | AnalysisRecord): number {
  return record.kind === 'analysis' && record.analysis === 'search' ? (record.data.start[0] ?? 0) : 0;
}
