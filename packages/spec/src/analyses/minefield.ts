import * as z from 'zod';
import {count, positive, upTo} from '../fields.ts';
import {runFilter} from '../run-filter.ts';

/** A map of the path and of what the searches found: principal components, then t-SNE. */
export const minefieldSettings = z.strictObject({
  /** Principal components that t-SNE sees; fewer where there are fewer points. */
  components: upTo(1000),
  /** Of t-SNE: about how many neighbours count. */
  perplexity: positive,
  /** Steps of t-SNE. */
  iterations: count,
});

export const minefieldSpec = minefieldSettings.extend(runFilter);
