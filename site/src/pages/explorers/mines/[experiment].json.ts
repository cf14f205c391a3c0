/** The minefield around a path of training, of each experiment that sought one, for explorers. */
import type {APIRoute, GetStaticPaths} from 'astro';
import type {ExplorerMines} from '../../../explorers/data/mines.ts';
import {explorerMines} from '../../../lib/explorer-paths.ts';
import {siteData} from '../../../lib/site-data.ts';

const {results} = import.meta.env.FOLDERS;

export const getStaticPaths: GetStaticPaths = async () => {
  const {experiments} = await siteData();
  const known = await Promise.all(
    experiments.map(async (experiment) => ({
      params: {experiment: experiment.record.experiment},
      props: {mines: await explorerMines(experiment, results)},
    })),
  );
  return known.filter(({props}) => props.mines !== null);
};

export const GET: APIRoute<{mines: ExplorerMines}> = ({props}) => Response.json(props.mines);
