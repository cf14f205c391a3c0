/** A small network in two forms, with examples, for the guide that measures them. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {APIRoute} from 'astro';
import {guideFiles} from '../../../lib/guide-files.ts';

export const getStaticPaths = () =>
  Object.entries(guideFiles).map(([file, path]) => ({params: {file}, props: {path}}));

export const GET: APIRoute<{path: string}> = async ({props}) =>
  new Response(await readFile(join(import.meta.env.FOLDERS.repository, props.path)));
