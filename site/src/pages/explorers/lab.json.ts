/** Every run of every experiment, for the laboratory. */
import type {APIRoute} from 'astro';
import {labFile} from '../../lib/lab-data.ts';
import {siteData} from '../../lib/site-data.ts';

export const GET: APIRoute = async () => Response.json(labFile((await siteData()).experiments));
