/** Recorded boundaries of one seed, for the poison dial. */
import type {APIRoute, GetStaticPaths} from 'astro';
import {dialFrames, dialSeed} from '../../../lib/explorer-dial.ts';
import type {Experiment} from '../../../lib/load-results.ts';
import {storyExperiment} from '../../../lib/plane-experiments.ts';
import {siteData} from '../../../lib/site-data.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const told = storyExperiment((await siteData()).experiments);
  if (told === undefined) return [];
  const {experiment} = told.record;
  return told.records
    .seeds()
    .filter((seed) => dialSeed(told, seed).frames !== null)
    .map((seed) => ({params: {experiment, seed: String(seed)}, props: {told, seed}}));
};

export const GET: APIRoute<{told: Experiment; seed: number}> = async ({props: {told, seed}}) =>
  new Response(await dialFrames(told, seed), {headers: {'content-type': 'application/octet-stream'}});
