/**
 * `pnpm build && node --conditions=@minefield/source packages/svhn/test/measure-svhn.ts [images]`: writes a file as large
 * as the official training file and as hard to inflate, of bytes from a formula, to a temporary folder; reads it with the
 * built package in processes of their own; and prints how long that took and how much memory the process had at its peak,
 * that of Node itself included.
 */
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream, mkdtempSync, rmSync} from 'node:fs';
import {open} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {constants, createDeflate} from 'node:zlib';
import {createGenerator} from '@minefield/core';
import {matElement, matHeader, matrixHead, svhnArrays, tag} from './mat-writer.ts';

const IMAGE_BYTES = 32 * 32 * 3;
const images = Number(process.argv[2] ?? 73_257);
const folder = mkdtempSync(join(tmpdir(), 'minefield-svhn-'));
try {
  const file = join(folder, 'synthetic.mat');
  await writeSynthetic(file);
  for (const call of [
    'readSvhnFile(file)',
    'readSvhnFile(file, {first: 1000})',
    'loadSvhn(file, {allowUnofficial: true})',
  ]) {
    console.log(`${call}: ${measured(file, call)}`);
  }
} finally {
  rmSync(folder, {recursive: true});
}

/** Pixels with 6.5 bits of entropy deflate to 0.8 of their size, as the real ones do. */
async function writeSynthetic(file: string): Promise<void> {
  const labels = Array.from({length: images}, (_, image) => (image % 10) + 1);
  const [x, y] = svhnArrays(new Uint8Array(0), 3, labels);
  if (x === undefined || y === undefined) throw new Error('no arrays');
  const bytes = IMAGE_BYTES * images;
  const head = matrixHead({...x, data: {length: bytes}});
  const out = createWriteStream(file);
  const header = matHeader();
  out.write(header);
  out.write(tag(15, 0, true));
  const deflate = createDeflate({level: constants.Z_BEST_SPEED});
  deflate.pipe(out, {end: false});
  deflate.write(tag(14, head.length + bytes, true));
  deflate.write(head);
  const generator = createGenerator(1, 'synthetic SVHN');
  const noise = Uint8Array.from({length: 2 ** 20}, () => generator.integer(90));
  for (let image = 0, at = 0; image < images; image++) {
    at = (at + 7919 * image) % (noise.length - IMAGE_BYTES);
    if (!deflate.write(noise.slice(at, at + IMAGE_BYTES))) await once(deflate, 'drain');
  }
  deflate.end();
  await once(deflate, 'end');
  const labelBytes = matElement(y, {compressed: true});
  out.end(labelBytes);
  await once(out, 'close');
  const handle = await open(file, 'r+');
  const begin = header.length + 8;
  await handle.write(tag(15, out.bytesWritten - labelBytes.length - begin, true), 0, 8, header.length);
  await handle.close();
  console.log(`${images} images, ${(out.bytesWritten / 1e6).toFixed(1)} MB`);
}

function measured(file: string, call: string): string {
  const program = `
    const {loadSvhn, readSvhnFile} = await import('@minefield/svhn');
    const file = ${JSON.stringify(file)};
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const {pixels, size} = await ${call};
    const seconds = (performance.now() - start) / 1000;
    const peak = process.resourceUsage().maxRSS * 1024;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(0) + ' MB';
    console.log(size + ' images in ' + seconds.toFixed(2) + ' s, ' + megabytes(pixels.length) + ' of pixels, peak ' +
      megabytes(peak) + ' (' + megabytes(before) + ' before), ' + (peak / pixels.length).toFixed(2) + ' times the pixels');`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
  }).trim();
}
