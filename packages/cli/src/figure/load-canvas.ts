import {fileURLToPath} from 'node:url';
import type * as Canvas from '@napi-rs/canvas';
import {isNotInstalled} from '../not-installed.ts';
import {UsageError} from '../usage-error.ts';

const LIBRARY = '@napi-rs/canvas';

/** What text is drawn in, then what the system has for characters of other scripts. */
export const FONT = 'Minefield Sans, sans-serif';

let loaded: Promise<typeof Canvas> | undefined;

/**
 * Loads what draws pixels and PDF, only when it is asked for, and the fonts that come with this package: a figure looks the
 * same on every machine, and on one without fonts.
 *
 * @throws {UsageError} where it is not installed
 */
export function loadCanvas(): Promise<typeof Canvas> {
  return (loaded ??= load());
}

async function load(): Promise<typeof Canvas> {
  let canvas: typeof Canvas;
  try {
    canvas = await import('@napi-rs/canvas');
  } catch (error) {
    if (!isNotInstalled(error, LIBRARY)) throw error;
    throw new UsageError(
      `png and pdf are drawn by ${LIBRARY}, which is not installed; install it beside @minefield/cli ` +
        `(npm install ${LIBRARY}), or write svg, html or vl.json`,
    );
  }
  for (const file of ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf']) {
    const path = fileURLToPath(new URL(`../../fonts/${file}`, import.meta.url));
    canvas.GlobalFonts.registerFromPath(path, 'Minefield Sans');
  }
  return canvas;
}
