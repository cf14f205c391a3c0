import type {ReadonlySignal, Signal} from '@preact/signals';
import type {ExplorerExperiment} from './experiment.ts';
import {loadFile, useFile} from './load-file.ts';

const fileOf = (name: string): string => `explorers/${name}.json`;

/** @throws {Error} where the file is not there */
export function loadExperiment(name: string): Promise<ExplorerExperiment> {
  return loadFile(fileOf(name));
}

/** What the site knows of an experiment, null until it has come; what goes wrong is put into `status`. */
export function useExperiment(
  name: string,
  status: Signal<string>,
): ReadonlySignal<ExplorerExperiment | null> {
  return useFile(fileOf(name), status);
}
