/** The search page, on the site that `site.test.ts` builds. */
import {expect, it} from 'vitest';
import type {Open} from './visit.ts';

export function searchTests(open: Open): void {
  it('fetches nothing of the index before one searches', async () => {
    for (const path of ['guides.html', 'search.html']) {
      const {page, close} = await open(path);
      await page.waitForLoadState('networkidle');
      const fetched = await page.evaluate(() =>
        performance.getEntriesByType('resource').filter(({name}) => name.includes('/pagefind/')),
      );
      expect(fetched, path).toEqual([]);
      await close();
    }
  });

  it('finds the entry of a name in the reference, and leads there by the keyboard alone', async () => {
    const {page, faults, close} = await open('api/landscape.html', {viewport: {width: 390, height: 844}});
    await page.getByRole('link', {name: 'Search', exact: true}).press('Enter');
    const field = page.getByRole('searchbox');
    // Keys that are pressed before the script has started are lost.
    await page.locator('input:enabled').waitFor();
    await field.pressSequentially('basinRadii');
    const place = page.locator('.search-found').getByRole('link', {name: 'basinRadii', exact: true}).first();
    await place.waitFor();
    expect(page.url()).toMatch(/search\.html\?q=basinRadii$/);
    expect(await page.getByRole('status').textContent()).toMatch(/^\d+ pages?/);
    await field.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.search-found') !== null)).toBe(true);
    await place.press('Enter');
    await page.waitForURL(/api\/landscape\.html#basinRadii$/);
    expect(faults).toEqual([]);
    await close();
  });

  it('finds words of guides and of the article, by an address that has them', async () => {
    const found = async (query: string): Promise<string[]> => {
      const {page, close} = await open(`search.html?q=${query}`);
      const links = page.locator('.search-found > li > a');
      await links.first().waitFor();
      const pages = await links.evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).pathname));
      await close();
      return pages;
    };
    expect(await found('stripes')).toContain('/some/where/guides/conv-net.html');
    expect(await found('bribe')).toContain('/some/where/index.html');
    // Each run has a page, and all say the same.
    expect((await found('seed')).filter((path) => path.includes('/runs/'))).toEqual([]);
  });

  it('finds again without a network what was found before', async () => {
    const {page, close} = await open('search.html');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByRole('searchbox').fill('stripes');
    const place = page.locator('.search-found a').first();
    await place.waitFor();
    const before = await place.textContent();
    await page.context().setOffline(true);
    await page.reload();
    await place.waitFor();
    expect(await place.textContent()).toBe(before);
    await close();
  });

  it('says that there is nothing, and nothing more', async () => {
    // Of an unknown word, Pagefind looks for its beginning, so it takes letters that no page has.
    const {page, close} = await open('search.html?q=%E6%BC%A2%E5%AD%97');
    await page.getByText('Nothing found.').waitFor();
    expect(await page.locator('.search-found li').count()).toBe(0);
    await close();
  });

  it('says without a script what it takes, and where the lists are', async () => {
    const {page, close} = await open('search.html', {javaScriptEnabled: false});
    expect(await page.getByRole('searchbox').isDisabled()).toBe(true);
    expect(await page.getByRole('status').textContent()).toContain('JavaScript');
    await close();
  });
}
