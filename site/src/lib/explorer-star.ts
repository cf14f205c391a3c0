/** What the explorer of basins shows before its script runs: the first rays of both ends of the sweep. */
import type {RayRadii} from '../explorers/star/statistics.ts';
import {endsOf} from '@minefield/figures';
import type {Experiment} from './load-results.ts';

const RAYS = 64;
const CUTOFF = 0.5;

/** null where the sweep has no such basins. */
export function starStills({records}: Experiment): readonly [RayRadii, RayRadii] | null {
  const [good, bad] = endsOf(records.analyses('basin')).map(({data}): RayRadii | null => {
    const {dimension, maximumRadius, tolerance} = data;
    const found = data.cutoffs.find(({kind, value}) => kind === 'loss' && value === CUTOFF);
    if (found === undefined || !found.applicable) return null;
    const radii = found.radii.slice(0, RAYS).map((radius) => radius ?? maximumRadius);
    return {radii, dimension, maximum: maximumRadius, tolerance, undefinedRays: 0};
  });
  return good && bad ? [good, bad] : null;
}
