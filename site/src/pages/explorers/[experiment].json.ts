/** What explorers know of each experiment on points of the plane. */
import type {APIRoute, GetStaticPaths} from 'astro';
import type {ExplorerExperiment} from '../../explorers/data/experiment.ts';
import {explorerExperiment} from '../../lib/explorer-data.ts';
import {siteData} from '../../lib/site-data.ts';

const {results} = import.meta.env.FOLDERS;

export const getStaticPaths: GetStaticPaths = async () => {
  const {experiments} = await siteData();
  const known = await Promise.all(experiments.map((experiment) => explorerExperiment(experiment, results)));
  return known.flatMap((explorer) =>
    explorer === null ? [] : [{params: {experiment: explorer.experiment}, props: {explorer}}],
  );
};

export const GET: APIRoute<{explorer: ExplorerExperiment}> = ({props}) => Response.json(props.explorer);
