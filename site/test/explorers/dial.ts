import {expect, it} from 'vitest';
import {type OpenExplorer, desktop, drawn} from './open-explorer.ts';

export function dialTests(open: OpenExplorer): void {
  it('draws the boundary of the level that is chosen', async () => {
    const {page, faults, close} = await open('explore/dial.html', desktop);
    const canvas = '#explore-dial canvas';
    const before = await drawn(page, canvas, 1);
    await page.locator('#explore-dial input[type=range]').first().press('Home');
    expect(await drawn(page, canvas, before)).toBeGreaterThan(before);
    expect(faults).toEqual([]);
    await close();
  });
}
