/** Where each run's records are, for the laboratory. */
import type {APIRoute} from 'astro';
import {labRecords} from '../../lib/lab-records.ts';
import {siteData} from '../../lib/site-data.ts';

const {results} = import.meta.env.FOLDERS;

export const GET: APIRoute = async () =>
  Response.json(await labRecords((await siteData()).experiments, results));
