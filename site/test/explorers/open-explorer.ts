/** Opens explorers for the tests that drive them. */
import type {BrowserContextOptions, Page} from 'playwright-core';

export interface OpenedExplorer {
  readonly page: Page;
  /** Errors and warnings of the console, failed requests, and requests that left the site. */
  readonly faults: string[];
  readonly close: () => Promise<void>;
}

/** @param path from the root of the site, such as `explore/dial.html?dial.seed=2` */
export type OpenExplorer = (path: string, options?: BrowserContextOptions) => Promise<OpenedExplorer>;

export const desktop = {viewport: {width: 1280, height: 900}} as const;
export const phone = {viewport: {width: 390, height: 844}, hasTouch: true} as const;

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
      const context = (element as HTMLCanvasElement).getContext('2d');
      const data = context?.getImageData(
        Math.floor(right * (width - 1)),
        Math.floor(down * (height - 1)),
        1,
        1,
      );
      return [...(data?.data ?? [])];
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
