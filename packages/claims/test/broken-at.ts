import {isAt} from '../src/measures.ts';
import {broadSpec} from './synthetic-sweep.ts';
import {settingsOf} from './with-analyses.ts';

/** Each cutoff of the catalog, and the verdict on a claim about every fixed one that breaks at this one alone. */
export const brokenAt = settingsOf(broadSpec, 'basin').cutoffs.map((cutoff) => ({
  cutoff,
  isThere: isAt(cutoff),
  verdict: cutoff.kind === 'loss' ? 'fail' : 'pass',
}));
