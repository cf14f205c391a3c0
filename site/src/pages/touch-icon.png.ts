/** The site's sign on the home screen of a phone. */
import {readFile} from 'node:fs/promises';
import type {APIRoute} from 'astro';
import sharp from 'sharp';

export const GET: APIRoute = async () => {
  const sign = await readFile('public/favicon.svg');
  const icon = sharp(sign, {density: 500}).resize(180, 180).flatten({background: '#fdfdfb'}).png();
  return new Response(new Uint8Array(await icon.toBuffer()));
};
