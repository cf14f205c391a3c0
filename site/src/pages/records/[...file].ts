/** The records and checkpoints that pages offer for download, as they are. */
import type {APIRoute, GetStaticPaths} from 'astro';
import {type Download, downloadsOf} from '../../lib/downloads.ts';
import {siteData} from '../../lib/site-data.ts';

const {results} = import.meta.env.FOLDERS;

export const getStaticPaths: GetStaticPaths = async () => {
  const {experiments} = await siteData();
  const files = await Promise.all(experiments.map((experiment) => downloadsOf(experiment, results)));
  return files.flat().map((download) => ({params: {file: download.file}, props: {download}}));
};

export const GET: APIRoute<{download: Download}> = async ({props}) =>
  new Response(await props.download.read());
