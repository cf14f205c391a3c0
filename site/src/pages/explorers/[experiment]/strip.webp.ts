/** Five boundaries of the sweep in one picture, for pages without script and for print. */
import type {APIRoute, GetStaticPaths} from 'astro';
import {dialStrip, stripPicture} from '../../../lib/explorer-dial.ts';
import type {Experiment} from '../../../lib/load-results.ts';
import {storyExperiment} from '../../../lib/plane-experiments.ts';
import {siteData} from '../../../lib/site-data.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const told = storyExperiment((await siteData()).experiments);
  if (told === undefined || dialStrip(told) === null) return [];
  return [{params: {experiment: told.record.experiment}, props: {told}}];
};

export const GET: APIRoute<{told: Experiment}> = async ({props: {told}}) =>
  new Response(await stripPicture(told), {headers: {'content-type': 'image/webp'}});
