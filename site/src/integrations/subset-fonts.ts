/** Cuts the fonts of the built site down to the characters and weights that its pages show. */
import {glob, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {AstroIntegration} from 'astro';
import subsetFont from 'subset-font';

/** What scripts may write although no page has it yet: numbers, names and addresses. */
const ALWAYS = Array.from({length: 95}, (_, i) => String.fromCodePoint(32 + i)).join('');

/** Weights from plain to bold; no page asks for others. */
const WEIGHTS = {min: 400, max: 700};

export function subsetFonts(): AstroIntegration {
  return {
    name: 'subset-fonts',
    hooks: {
      'astro:build:done': async ({dir, logger}) => {
        const folder = fileURLToPath(dir);
        const characters = new Set(ALWAYS);
        for await (const path of glob('**/*.{html,js}', {cwd: folder}))
          for (const character of await readFile(join(folder, path), 'utf8')) characters.add(character);
        const text = [...characters].join('');
        let [before, after] = [0, 0];
        for await (const path of glob('_astro/*.woff2', {cwd: folder})) {
          const file = join(folder, path);
          const whole = await readFile(file);
          const cut = await subsetFont(whole, text, {targetFormat: 'woff2', variationAxes: {wght: WEIGHTS}});
          before += whole.length;
          after += cut.length;
          await writeFile(file, cut);
        }
        logger.info(`fonts: ${Math.round(before / 1000)} kB became ${Math.round(after / 1000)} kB`);
      },
    },
  };
}
