/** Opens explorers for the tests that drive them. */
import type {Page} from 'playwright-core';
import {expect} from 'vitest';

export type {Open as OpenExplorer} from '../visit.ts';

export const desktop = {viewport: {width: 1280, height: 900}} as const;
export const phone = {viewport: {width: 390, height: 844}, hasTouch: true} as const;

/** Expects of what is read again and again: `await eventually(read).toBe(3)`. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, {interval: 100});
}

/** Waits until script has taken over from the page as it was built, where it has to be scrolled into sight for that too. */
export async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const asleep = document.querySelector('astro-island[ssr]');
    asleep?.firstElementChild?.scrollIntoView();
    return asleep === null;
  });
}

/** Waits until a picture was drawn more often than `times`. @returns how often it has been drawn */
export async function drawn(page: Page, canvas: string, times = 0): Promise<number> {
  const handle = await page.waitForFunction(
    ([selector, least]) => {
      const count = Number(document.querySelector<HTMLElement>(selector)?.dataset['drawn'] ?? 0);
      return count > least ? count : false;
    },
    [canvas, times] as const,
  );
  return handle.jsonValue() as Promise<number>;
}

/** The colour of a canvas at a place of its square, (0, 0) the upper left corner and (1, 1) the lower right, as `[r, g, b, a]`. */
export function pixelAt(page: Page, canvas: string, x: number, y: number): Promise<number[]> {
  return page.locator(canvas).evaluate(
    (element, [right, down]) => {
      const {width, height} = element as HTMLCanvasElement;
      // From a copy: a canvas that is read from often is slower to draw on, and the console says so.
      const copy = new OffscreenCanvas(1, 1).getContext('2d');
      const [left, top] = [Math.floor(right * (width - 1)), Math.floor(down * (height - 1))];
      copy?.drawImage(element as HTMLCanvasElement, left, top, 1, 1, 0, 0, 1, 1);
      return [...(copy?.getImageData(0, 0, 1, 1).data ?? [])];
    },
    [x, y] as const,
  );
}

/** Colours of a canvas at many places, read at once: browsers warn of canvases that are read again and again. */
export function pixelsAt(
  page: Page,
  canvas: string,
  places: readonly (readonly [right: number, down: number])[],
): Promise<number[][]> {
  return page.locator(canvas).evaluate((element, wanted) => {
    const {width, height} = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
    return wanted.map(([right, down]) => {
      const start = 4 * (Math.floor(down * (height - 1)) * width + Math.floor(right * (width - 1)));
      return [...(data?.subarray(start, start + 4) ?? [])];
    });
  }, places);
}

/** How much of the page has moved by itself since it was opened: the sum of its layout shifts, as browsers weigh them. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & {value: number}).value;
        }).observe({type: 'layout-shift', buffered: true});
        setTimeout(() => resolve(sum), 200);
      }),
  );
}
