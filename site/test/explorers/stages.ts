import {expect, it} from 'vitest';
import {type OpenExplorer, desktop, phone} from './open-explorer.ts';

/** What `explorer-stages.css` says of heights. */
export function stageTests(open: OpenExplorer): void {
  it.each([desktop, phone])(
    'keep their places in the article while they are not laid out, at $viewport.width pixels',
    async (options) => {
      const {page, faults, close} = await open('index.html', options);
      const stages = page.locator('.explorer:not(#explore-dial) > .explorer-stage');
      const wrong: string[] = [];
      for (const stage of await stages.all()) {
        const kept = await stage.evaluate((element) =>
          Number.parseFloat(getComputedStyle(element).containIntrinsicHeight.replace('auto ', '')),
        );
        await stage.scrollIntoViewIfNeeded();
        const height = await stage.evaluate(async (element) => {
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          return element.getBoundingClientRect().height;
        });
        const id = await stage.evaluate((element) => element.parentElement?.id);
        if (!(Math.abs(height / kept - 1) < 0.15)) wrong.push(`${id}: ${kept} kept, ${height} high`);
      }
      expect(await stages.count()).toBe(10);
      expect(wrong).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );
}
