/** The records and checkpoints that pages offer for download, as they are. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {APIRoute, GetStaticPaths} from 'astro';
import {downloadsOf} from '../../lib/downloads.ts';
import {siteData} from '../../lib/site-data.ts';

const {results} = import.meta.env.FOLDERS;

export const getStaticPaths: GetStaticPaths = async () => {
  const {experiments} = await siteData();
  const files = await Promise.all(experiments.map((experiment) => downloadsOf(experiment, results)));
  return files.flat().map((file) => ({params: {file}, props: {file}}));
};

export const GET: APIRoute<{file: string}> = async ({props}) =>
  new Response(new Uint8Array(await readFile(join(results, props.file))));
