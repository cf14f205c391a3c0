import type {ExperimentSpec} from '@minefield/spec';
import type {DataSources} from '../materials/data-source.ts';
import type {BackendTime} from './time-backends.ts';

/**
 * The backends that start here, by how fast they train the networks of a spec, the fastest first: steps of training make up
 * most of a sweep, and what measures minima is made of the same products. The reference `cpu` is left out. Takes some two
 * seconds each.
 *
 * @param networks most networks that are trained side by side; default 8
 */
export async function fastestBackends(
  spec: ExperimentSpec,
  sources: DataSources,
  networks: number = 8,
): Promise<BackendTime[]> {
  const {timeBackends} = await import('./time-backends.ts');
  return timeBackends(spec, sources, networks);
}
