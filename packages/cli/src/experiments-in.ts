import {readdir} from 'node:fs/promises';
import type {Store} from '@minefield/results/node';

/** Names of what may be experiments in a results folder. */
export async function experimentsIn({directory}: Store): Promise<string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)).toSorted();
}
