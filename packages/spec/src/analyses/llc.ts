import * as z from 'zod';
import {MOST_STEPS, count, nonNegative, positive, upTo} from '../fields.ts';
import {examplesFilter, runFilter} from '../run-filter.ts';

/** Local learning coefficient by SGLD on all training examples, at nβ = n / ln n. */
export const llcSettings = z
  .strictObject({
    ...examplesFilter,
    chains: upTo(1000),
    /** Steps before the first draw. */
    burnIn: upTo(MOST_STEPS, 0),
    /** Draws kept of each chain, one a step. */
    draws: count,
    /** ε, the same for every network. */
    stepSize: positive,
    /** γ: how strongly the chains are tied to the minimum. */
    localization: nonNegative,
    /** Points of each recorded trace: means of as many blocks of draws. */
    blocks: count,
  })
  .refine(({draws, blocks}) => blocks <= draws, 'expected at most as many blocks as draws')
  // 80 MB of losses; a record holds 2 MB of means.
  .refine(({chains, draws}) => chains * draws <= 10_000_000, 'expected at most 10000000 draws in all chains')
  .refine(({chains, blocks}) => chains * blocks <= 100_000, 'expected at most 100000 blocks in all chains');

export const llcSpec = llcSettings.safeExtend(runFilter);
