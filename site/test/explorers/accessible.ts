import {AxeBuilder} from '@axe-core/playwright';
import {expect, it} from 'vitest';
import {type OpenExplorer, alive, desktop, layoutShift, phone} from './open-explorer.ts';

const names = ['dial', 'shake', 'surface', 'star', 'dimension', 'own', 'bend', 'walk', 'bets'];

export function accessibleTests(open: OpenExplorer): void {
  const modes = [
    ['light on a desktop', {...desktop, colorScheme: 'light'}],
    ['dark on a phone', {...phone, colorScheme: 'dark'}],
  ] as const;

  it.each(modes)('are so by the rules of axe once they are alive, %s, and fit the page', async (_, mode) => {
    for (const name of names) {
      const {page, faults, close} = await open(`explore/${name}.html`, mode);
      await alive(page);
      const {violations} = await new AxeBuilder({page}).setLegacyMode().analyze();
      const found = violations.map(
        ({id, nodes}) => `${name} ${id}: ${nodes.map(({html}) => html.slice(0, 120)).join(' | ')}`,
      );
      expect(found).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, name).toBeLessThanOrEqual(mode.viewport.width);
      expect(await layoutShift(page), name).toBeLessThan(0.01);
      expect(faults, name).toEqual([]);
      await close();
    }
  });
}
