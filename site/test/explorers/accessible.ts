import {expect, it} from 'vitest';
import {violationsOf} from '../axe.ts';
import {type OpenExplorer, alive, desktop, layoutShift, phone} from './open-explorer.ts';

/** Pages of one explorer each, and the one with an explorer among its figures. */
const pages = [
  ...['dial', 'shake', 'surface', 'star', 'dimension', 'own', 'bend', 'walk', 'bets'].map(
    (name) => `explore/${name}.html`,
  ),
  'deeper.html',
];

export function accessibleTests(open: OpenExplorer): void {
  const modes = [
    ['light on a desktop', {...desktop, colorScheme: 'light'}],
    ['dark on a phone', {...phone, colorScheme: 'dark'}],
  ] as const;

  it.each(modes)('are so by the rules of axe once they are alive, %s, and fit the page', async (_, mode) => {
    for (const path of pages) {
      const {page, faults, close} = await open(path, mode);
      await alive(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, path).toBeLessThanOrEqual(mode.viewport.width);
      expect(await layoutShift(page), path).toBeLessThan(0.01);
      expect(await violationsOf(page), path).toEqual([]);
      expect(faults, path).toEqual([]);
      await close();
    }
  });
}
