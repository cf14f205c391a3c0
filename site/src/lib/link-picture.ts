/** The picture that a link to the site is shown with elsewhere: a good boundary beside a bad one. */
import sharp from 'sharp';
import {endsOf} from '@minefield/figures';
import {storyExperiment} from './plane-experiments.ts';
import {siteData} from './site-data.ts';
import {type Rgb, classColours, shadePlane} from '../explorers/ui/shade-plane.ts';

const [WIDTH, HEIGHT, SIDE] = [1200, 630, 550];
const PAPER = '#fdfdfb';
const INK: Rgb = [28, 30, 35];

/** PNG of 1,200 × 630 pixels; without boundaries to show, blank paper. */
export async function linkPicture(): Promise<Buffer> {
  const told = storyExperiment((await siteData()).experiments);
  const boundaries = told === undefined ? [] : endsOf(told.records.analyses('boundary'));
  const gap = (WIDTH - boundaries.length * SIDE) / (boundaries.length + 1);
  const layers = boundaries.map(({data}, i) => {
    const pixels = new Uint8ClampedArray(4 * SIDE * SIDE);
    shadePlane(Float32Array.from(data.logits), data.size, pixels, SIDE, classColours, INK);
    return {
      input: Buffer.from(pixels.buffer),
      raw: {width: SIDE, height: SIDE, channels: 4 as const},
      left: Math.round(gap + i * (SIDE + gap)),
      top: (HEIGHT - SIDE) / 2,
    };
  });
  return sharp({create: {width: WIDTH, height: HEIGHT, channels: 3, background: PAPER}})
    .composite(layers)
    .png({compressionLevel: 9, palette: true})
    .toBuffer();
}
