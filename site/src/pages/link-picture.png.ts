import type {APIRoute} from 'astro';
import {linkPicture} from '../lib/link-picture.ts';

export const GET: APIRoute = async () => new Response(new Uint8Array(await linkPicture()));
