import {globSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {experiments, isOfPictures} from '@minefield/spec';
import {expect, it} from 'vitest';
import {ON_PICTURES, ON_THE_PLANE} from './figures-shown.ts';

const source = fileURLToPath(new URL('..', import.meta.url));

it('draws each figure that a page asks for by its name: one that is optional would be left out without a word', () => {
  const asked = globSync('**/*.astro', {cwd: source}).flatMap((file) =>
    Array.from(readFileSync(`${source}${file}`, 'utf8').matchAll(/<Figure\s+id="([^"]+)"/g), ([, id]) => id),
  );
  const drawn = new Set([
    ...ON_THE_PLANE.map(({name}) => name),
    ...Object.entries(experiments).flatMap(([experiment, profiles]) =>
      Object.values(profiles).flatMap(({dataset}) =>
        (isOfPictures(dataset) ? ON_PICTURES : ON_THE_PLANE).map(({name}) => `${experiment}-${name}`),
      ),
    ),
  ]);
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((id) => id === undefined || !drawn.has(id))).toEqual([]);
});
