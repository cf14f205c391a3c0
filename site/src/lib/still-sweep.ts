/** A few dots of volume against gap, for a page that runs no script: the first seed's networks. */
import type {SweepDot} from '../explorers/own/own-scatter.tsx';
import type {Experiment} from './load-results.ts';

export function stillSweep({records}: Experiment): readonly SweepDot[] {
  const [seed] = records.seeds();
  return records.runs().flatMap((run): SweepDot[] => {
    if (run.seed !== seed) return [];
    const basin = records.analysis('basin', run)?.data;
    const cutoff = basin?.cutoffs.find(({kind, value}) => kind === 'loss' && value === 0.5);
    const [gap, volume] = [run.data.final?.generalizationGap, cutoff?.relative?.stableLogVolume];
    if (gap === undefined || volume === undefined || volume === null) return [];
    return [{gap, logVolume: volume, poisonFactor: run.poisonFactor}];
  });
}
