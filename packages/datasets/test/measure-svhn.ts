/**
 * `node --conditions=@minefield/source packages/datasets/test/measure-svhn.ts [images]`: writes a file as large as the
 * official training file and as hard to inflate, of bytes from a formula, to a temporary folder; reads it in processes of
 * their own; and prints how long that took and how much memory there was at the peak, against the pixels.
 */
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {createWriteStream, mkdtempSync, openSync, rmSync, writeSync, closeSync} from 'node:fs';
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
  const reads = [
    ['readSvhnFile', '{}'],
    ['readSvhnFile', '{first: 1000}'],
    ['loadSvhn', '{allowUnofficial: true}'],
  ];
  for (const [name = '', options = ''] of reads)
    console.log(`${name} ${options}: ${measured(file, name, options)}`);
} finally {
  if (process.env['KEEP'] !== '1') rmSync(folder, {recursive: true});
}

/** Pixels with 6.5 bits of entropy deflate to 0.81 of their size, as the real ones do. */
async function writeSynthetic(file: string): Promise<void> {
  const labels = Array.from({length: images}, (_, image) => (image % 10) + 1);
  const [x, y] = svhnArrays(new Uint8Array(0), 3, labels);
  if (x === undefined || y === undefined) throw new Error('no arrays');
  const bytes = IMAGE_BYTES * images;
  const head = matrixHead({...x, data: {length: bytes}});
  const out = createWriteStream(file);
  out.write(matHeader());
  out.write(tag(15, 0, true));
  const deflate = createDeflate({level: constants.Z_BEST_SPEED});
  deflate.pipe(out, {end: false});
  deflate.write(tag(14, head.length + bytes, true));
  deflate.write(head);
  const generator = createGenerator(1, 'synthetic SVHN');
  const noise = Uint8Array.from({length: 2 ** 20}, () => Math.floor(90 * generator.uniform()));
  for (let image = 0, at = 0; image < images; image++) {
    at = (at + 7919 * image) % (noise.length - IMAGE_BYTES);
    if (!deflate.write(noise.slice(at, at + IMAGE_BYTES))) await once(deflate, 'drain');
  }
  deflate.end();
  await once(deflate, 'end');
  out.end(matElement(y, {compressed: true}));
  await once(out, 'close');
  const handle = openSync(file, 'r+');
  writeSync(
    handle,
    tag(
      15,
      deflate.bytesWritten === 0 ? 0 : out.bytesWritten - 136 - matElement(y, {compressed: true}).length,
      true,
    ),
    0,
    8,
    128,
  );
  closeSync(handle);
  console.log(`${images} images, ${(out.bytesWritten / 1e6).toFixed(1)} MB`);
}

function measured(file: string, name: string, options: string): string {
  const program = `
    const {${name}} = await import('@minefield/datasets/node');
    const before = process.resourceUsage().maxRSS;
    const start = performance.now();
    const {pixels, size} = await ${name}(${JSON.stringify(file)}, ${options});
    const seconds = (performance.now() - start) / 1000;
    const peak = process.resourceUsage().maxRSS * 1024;
    const [before_, peak_, pixels_] = [before * 1024, peak, pixels.length].map((bytes) => (bytes / 1e6).toFixed(0));
    console.log(size + ' images in ' + seconds.toFixed(2) + ' s, peak ' + peak_ + ' MB (' + before_ +
      ' MB before), pixels ' + pixels_ + ' MB: ' + (peak / pixels.length).toFixed(2) + ' ×');`;
  return execFileSync(
    process.execPath,
    ['--conditions=@minefield/source', '--no-warnings', '--input-type=module', '--eval', program],
    {cwd: join(import.meta.dirname, '..'), encoding: 'utf8'},
  ).trim();
}
