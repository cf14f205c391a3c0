import {InputError} from '@minefield/core';
import type {DatasetName, DatasetOf, DatasetSpec, ExperimentSpec} from '@minefield/spec';
import type {DataFile, DataFiles} from './data-files.ts';
import type {DataSource, DataSources} from './data-source.ts';
import type {ExperimentData} from './experiment-data.ts';
import {concentricCirclesSource} from './concentric-circles-source.ts';
import {houseNumbersSource} from './house-numbers-source.ts';
import {regularSpiralsSource} from './regular-spirals-source.ts';
import {closedSvhnSource, openSvhnSource} from './svhn-source.ts';
import {twoSpiralsSource} from './two-spirals-source.ts';

/** The sources of data that need no file; the others refuse to draw. A new data set is its source and a line here. */
export function dataSources(): DataSources {
  return {
    'two-spirals': twoSpiralsSource(),
    'regular-spirals': regularSpiralsSource(),
    'concentric-circles': concentricCirclesSource(),
    'house-numbers': houseNumbersSource(),
    svhn: closedSvhnSource,
  };
}

/** How data sets open the files that they read. */
const openers: {readonly [Name in DatasetName]?: (file: DataFile) => Promise<DataSource<DatasetOf<Name>>>} = {
  svhn: openSvhnSource,
};

/**
 * All sources, with the files of those that read some.
 *
 * @throws {InputError} where a file is damaged, or is of a data set that reads none
 */
export async function openDataSources(files: DataFiles = {}): Promise<DataSources> {
  const opened = Object.entries(files).map(async ([name, file]) => {
    const open = openers[name as DatasetName];
    if (open !== undefined) return [name, await open(file)] as const;
    throw new InputError(
      `experiments.openDataSources: expected a data set that reads a file (${Object.keys(openers).join(', ')}), got ${name}; leave the file out`,
    );
  });
  return {...dataSources(), ...(Object.fromEntries(await Promise.all(opened)) as Partial<DataSources>)};
}

/** The source of a spec's data. */
export function sourceOf<Spec extends DatasetSpec>(sources: DataSources, spec: Spec): DataSource<Spec> {
  // The table pairs each name with the source of that very data set, which an index by a union cannot say.
  return sources[spec.name] as unknown as DataSource<Spec>;
}

/** The spec with what the files at hand decide. @throws {InputError} where they contradict it, or are missing */
export function resolveSpec(spec: ExperimentSpec, sources: DataSources): ExperimentSpec {
  const dataset = sourceOf(sources, spec.dataset).resolve(spec.dataset);
  return dataset === spec.dataset ? spec : {...spec, dataset};
}

/**
 * The data of a job, which must be those that it was planned with: a file may be another here.
 *
 * @throws {InputError} where they are others
 */
export function dataOf(
  sources: DataSources,
  {seed, dataset: planned}: {readonly seed: number; readonly dataset: string},
  spec: DatasetSpec,
): ExperimentData {
  const source = sourceOf(sources, spec);
  const found = source.fingerprint(spec, seed);
  if (found === planned) return source.draw(spec, seed);
  throw new InputError(
    `experiments.dataOf: expected the ${spec.name} data that the job names, ${planned.slice(0, 16)}…, got ` +
      `${found.slice(0, 16)}…; name the same file`,
  );
}

/** SHA-256 of the files that are open, in one string; null where there are none. */
export function filesAtHand(sources: DataSources): string | null {
  const files = Object.values(sources).flatMap(({file}) => file ?? []);
  return files.length === 0 ? null : files.join(' ');
}
