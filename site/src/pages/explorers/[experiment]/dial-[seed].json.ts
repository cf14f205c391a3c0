/** Basins and margins of one seed, for the poison dial. */
import type {APIRoute, GetStaticPaths} from 'astro';
import {dialSeed} from '../../../lib/explorer-dial.ts';
import type {Experiment} from '../../../lib/load-results.ts';
import {storyExperiment} from '../../../lib/plane-experiments.ts';
import {siteData} from '../../../lib/site-data.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const told = storyExperiment((await siteData()).experiments);
  if (told === undefined) return [];
  const {experiment} = told.record;
  return told.records
    .seeds()
    .map((seed) => ({params: {experiment, seed: String(seed)}, props: {told, seed}}));
};

export const GET: APIRoute<{told: Experiment; seed: number}> = ({props: {told, seed}}) =>
  Response.json(dialSeed(told, seed));
