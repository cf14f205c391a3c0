import * as z from 'zod';
import {count, nonNegative, positive} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Local learning coefficient by SGLD on all training examples, at nβ = n / ln n. */
export const llcSettings = z
  .strictObject({
    ...examplesFilter,
    chains: count,
    /** Steps before the first draw. */
    burnIn: z.int().nonnegative(),
    /** Draws kept of each chain, one a step. */
    draws: count,
    /** ε, the same for every network. */
    stepSize: positive,
    /** γ: how strongly the chains are tied to the minimum. */
    localization: nonNegative,
    /** Points of each recorded trace: means of as many blocks of draws. */
    blocks: count,
  })
  .refine(({draws, blocks}) => blocks <= draws, 'expected at most as many blocks as draws');

export const llcSpec = llcSettings.safeExtend(runFilter);
