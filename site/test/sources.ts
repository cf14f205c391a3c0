/** Synthetic records, claims and benchmarks for the site to show. */
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {datasetFingerprint, houseNumberSplits} from '@minefield/datasets';
import type {ResultRecord} from '@minefield/results';
import {type Store, openStore} from '@minefield/results/node';
import {syntheticSweep, type SyntheticSweepOptions} from '@minefield/results/testing';
import type {DatasetName} from '@minefield/spec';
import type {Sources} from './build-site.ts';

/** Twelve grey pictures of 4 × 4 pixels, each of one tone. */
const photographs = {
  shape: [4, 4, 1] satisfies [number, number, 1],
  bytes: Buffer.from(Array.from({length: 12 * 16}, (_, i) => 20 * Math.floor(i / 16))).toString('base64'),
};

/** A sweep of some data under any name: what the site shows hangs on the data alone. */
function sweepOf(dataset: DatasetName, options: SyntheticSweepOptions): ResultRecord[] {
  return syntheticSweep({...options, dataset});
}

/** Some runs of `my-toy` as another experiment has them, with another measurement. */
function sharedSweep(): ResultRecord[] {
  const experiment = 'my-toy-again';
  const sweep = syntheticSweep({
    experiment: 'my-toy',
    title: 'My toy again',
    seeds: [1],
    poisonFactors: [0, 0.8],
    analyses: ['margin'],
  });
  return sweep.map((record) =>
    record.kind === 'experiment'
      ? {...record, experiment, spec: {...record.spec, experiment}}
      : {...record, experiment},
  );
}

/** A run with a file of its own to download. */
async function withCheckpoint(record: ResultRecord, store: Store): Promise<ResultRecord> {
  if (record.kind !== 'run' || record.data.checkpoint === null) return record;
  const checkpoint = await store.writeCheckpoint(
    record.experiment,
    Buffer.from(`weights of ${record.identity}`),
  );
  return {...record, data: {...record.data, checkpoint}};
}

/** Writes them under a folder. Every run has a checkpoint to download, though not one that can be opened. */
export async function writeSources(folder: string): Promise<Sources> {
  const [results, benchmarks] = [join(folder, 'results'), join(folder, 'bench')];
  const store = openStore(results);
  const pictures = houseNumberSplits(1, {train: 0, test: 12, poison: 0}).test;
  const ends = {seeds: [1], poisonFactors: [0, 0.8]};
  const records = [
    ...sweepOf('two-spirals', {
      experiment: 'my-toy',
      seeds: [1, 2],
      poisonFactors: [0, 0.08, 0.8],
    }),
    ...sharedSweep(),
    ...sweepOf('regular-spirals', {
      experiment: 'a-path',
      title: 'Around a path',
      seeds: [1],
      poisonFactors: [0],
      analyses: ['boundary', 'minefield'],
    }),
    ...sweepOf('house-numbers', {experiment: 'my-digits', title: 'My digits', ...ends}),
    ...sweepOf('svhn', {experiment: 'my-photographs', title: 'My photographs', ...ends}),
  ].map((record) => {
    if (record.kind !== 'analysis' || record.analysis !== 'predictions') return record;
    // House numbers are drawn anew; photographs are in the record.
    const data =
      record.experiment === 'my-photographs'
        ? {...record.data, pictures: photographs}
        : {...record.data, fingerprint: datasetFingerprint(pictures)};
    return {...record, data};
  });
  for (const record of records) await store.writeRecord(await withCheckpoint(record, store));
  const identities = records.flatMap((record) => ('identity' in record ? [record.identity] : []));
  const claim = (id: number, verdict: string): object => ({
    id,
    experiment: 'my-toy',
    title: `Claim number ${id}`,
    paper: 'train 100%, test 100%',
    ours: 'train 100% (100%, 100%); test 98.5% (98%, 99%)',
    criterion: 'median over seeds: train 100%, test ≥ 98%',
    verdict,
    records: identities.slice(0, 4 * id),
  });
  const measured = {
    name: 'test accuracy',
    unit: 'fraction',
    by: 'seed',
    values: [0.95, 0.99, 1],
    median: 0.99,
    bound: {least: 0.98},
  };
  const onPictures = (experiment: string, data: string): object => ({
    ...claim(8, 'pass'),
    experiment,
    title: `${data}: a claim on pictures`,
    measures: [measured, {...measured, end: 'bad', name: 'train accuracy', values: [{least: 0.5}, null]}],
  });
  const claims = [
    {...claim(1, 'pass'), measures: [measured]},
    claim(2, 'fail'),
    claim(3, 'undecided'),
    onPictures('svhn', 'Photographs'),
    onPictures('house-numbers', 'House numbers'),
  ];
  await writeFile(join(results, 'claims.json'), JSON.stringify({claims}));
  await mkdir(benchmarks);
  const row = {
    name: 'toy Adam step',
    unit: 'ms',
    ours: 0.2,
    peer: 1.4,
    peerName: 'PyTorch',
    ratio: 7,
    target: 5,
    met: true,
  };
  await writeFile(join(benchmarks, 'toy.json'), JSON.stringify({machine: 'two cores', rows: [row]}));
  return {results, benchmarks};
}
