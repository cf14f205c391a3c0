import {readdir, rm, rmdir, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {at} from '@minefield/core';
import {shortIdentity} from '@minefield/results';
import type {Store} from '@minefield/results/node';
import {PART_SUFFIX, openParts} from './open-parts.ts';
import {TRAINING_PART} from './part.ts';
import {partFolder} from './part-folder.ts';
import {stepOfSnapshot} from './train-resumably.ts';

/** Parts of jobs that nobody has asked for in so long are swept away. */
const FORGOTTEN_DAYS = 30;

/** The folder in which an experiment's unfinished work waits; hidden, beside the records, and empty when all is done. */
export interface WorkFolder {
  readonly directory: string;
  /** How far the training of a run had come that was broken off; 0 where nothing is kept. */
  stepOf(identity: string): Promise<number>;
  /** Starts of the identities of which parts are kept. */
  owners(): Promise<Set<string>>;
  /** Takes away the parts of a job. Never throws: what stays is swept away later. */
  clear(identity: string): Promise<void>;
  /** Takes away the parts of jobs that are done, those that are long forgotten, and the folder where nothing is left. */
  sweep(isDone: (identityStart: string) => boolean): Promise<void>;
}

/** Name of the folder within that of the experiment. */
const WORK_FOLDER = '.work';

export function workFolder(store: Store, experiment: string): WorkFolder {
  const directory = join(store.pathOf({kind: 'experiment', experiment}), '..', WORK_FOLDER);
  const remove = async (files: readonly string[]): Promise<void> => {
    await Promise.all(files.map((file) => rm(join(directory, file), {force: true}).catch(() => undefined)));
  };
  return {
    directory,
    async stepOf(identity) {
      const training = openParts(partFolder(directory), identity, '', () => undefined)(TRAINING_PART);
      return stepOfSnapshot(await training.load()) ?? 0;
    },
    async owners() {
      return new Set((await namesIn(directory)).filter(isPart).map(ownerOf));
    },
    async clear(identity) {
      await remove((await namesIn(directory)).filter((name) => ownerOf(name) === shortIdentity(identity)));
    },
    async sweep(isDone) {
      const parts = (await namesIn(directory)).filter((name) => isPart(name) || isUnfinished(name));
      const oldest = Date.now() - FORGOTTEN_DAYS * 86_400_000;
      const ages = await Promise.all(
        parts.map((name) =>
          stat(join(directory, name)).then(
            ({mtimeMs}) => mtimeMs,
            () => 0,
          ),
        ),
      );
      await remove(parts.filter((name, i) => isDone(ownerOf(name)) || at(ages, i) < oldest));
      await rmdir(directory).catch(() => undefined);
    },
  };
}

function isPart(name: string): boolean {
  return name.endsWith(PART_SUFFIX) && !name.startsWith('.');
}

/** What a process that was killed was writing, or one that will be soon: the worker of a sweep that is gone. */
function isUnfinished(name: string): boolean {
  return /^\.[0-9a-f]{16}\..*\.tmp$/.test(name);
}

/** The start of the identity that a part's file is named after, finished or not. */
function ownerOf(name: string): string {
  return at(name.replace(/^\./, '').split('.', 1), 0);
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => []);
}
