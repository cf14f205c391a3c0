/** What networks say of single test examples, for the laboratory. */
import type {APIRoute} from 'astro';
import {labExamples} from '../../lib/lab-examples.ts';
import {siteData} from '../../lib/site-data.ts';

export const GET: APIRoute = async () => Response.json(await labExamples((await siteData()).experiments));
