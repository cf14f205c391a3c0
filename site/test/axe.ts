import {AxeBuilder} from '@axe-core/playwright';
import type {Page} from 'playwright-core';

/**
 * What axe has against a page as it stands; to be asked last, for it empties pictures: they are hidden from assistive
 * technology, and are thousands of nodes that are all the same to axe.
 *
 * @param within a selector of the part that is judged, with the pictures in it. Default: the whole page
 * @returns a line for each rule that is broken, with what breaks it
 */
export async function violationsOf(page: Page, within?: string): Promise<string[]> {
  // Axe would otherwise describe every element that keeps to a rule too, which takes as long again.
  const axe = new AxeBuilder({page}).setLegacyMode().options({resultTypes: ['violations']});
  if (within === undefined)
    await page.evaluate(() => {
      for (const node of document.querySelectorAll('[data-spec] svg > *')) node.remove();
    });
  else axe.include(within);
  const {violations} = await axe.analyze();
  return violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html.slice(0, 150)).join(' | ')}`);
}
