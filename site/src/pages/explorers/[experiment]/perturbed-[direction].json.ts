/** Recorded boundaries along one direction out of a good and a bad minimum, for the explorer of perturbed networks. */
import type {APIRoute, GetStaticPaths} from 'astro';
import {perturbedDirection, perturbedDirections} from '../../../lib/explorer-perturbed.ts';
import type {Experiment} from '../../../lib/load-results.ts';
import {storyExperiment} from '../../../lib/plane-experiments.ts';
import {siteData} from '../../../lib/site-data.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const told = storyExperiment((await siteData()).experiments);
  if (told === undefined) return [];
  const {experiment} = told.record;
  return Array.from({length: perturbedDirections(told)}, (_, direction) => ({
    params: {experiment, direction: String(direction + 1)},
    props: {told, direction},
  }));
};

export const GET: APIRoute<{told: Experiment; direction: number}> = ({props: {told, direction}}) =>
  Response.json(perturbedDirection(told, direction));
