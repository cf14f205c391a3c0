/** Paths between minima of each experiment on points of the plane, for explorers. */
import type {APIRoute, GetStaticPaths} from 'astro';
import type {ExplorerConnections} from '../../../explorers/data/connection.ts';
import {explorerConnections} from '../../../lib/explorer-paths.ts';
import {isOnThePlane} from '../../../lib/plane-experiments.ts';
import {siteData} from '../../../lib/site-data.ts';

export const getStaticPaths: GetStaticPaths = async () => {
  const {experiments} = await siteData();
  return experiments.filter(isOnThePlane).map((experiment) => ({
    params: {experiment: experiment.record.experiment},
    props: {paths: explorerConnections(experiment)},
  }));
};

export const GET: APIRoute<{paths: ExplorerConnections}> = ({props}) => Response.json(props.paths);
