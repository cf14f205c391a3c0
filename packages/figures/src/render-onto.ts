import {InternalError} from '@minefield/core';
import type {View} from 'vega';
import {checkOptions, checkPositive} from './check-options.ts';
import type {FigureSpec} from './figure.ts';
import {type RenderOptions, drawFigure, renderOptions} from './render-svg.ts';
import type {TextWidth} from './text-width.ts';
import {figureTheme} from './theme.ts';

export interface RenderOntoOptions extends RenderOptions {
  /** Units of the context for each CSS pixel. Default 1. */
  readonly scale?: number;
  /** Measures text as the library will draw it. Default: a guess that suits common fonts. */
  readonly textWidth?: TextWidth;
}

/**
 * Draws a figure onto a canvas or a page of any library: what it gives has the methods of a browser's 2D context, and is as
 * large as it is asked for. Vega draws into it, so a library that writes PDF gets lines and letters, not pixels.
 *
 * @param open makes the context; width and height are in its units
 * @throws {Error} where the spec does not compile, or compiles with a warning.
 */
export async function renderOnto<Context extends object>(
  spec: FigureSpec,
  open: (width: number, height: number) => Context,
  options: RenderOntoOptions = {},
): Promise<Context> {
  checkOptions('renderOnto', options, {...renderOptions, scale: true, textWidth: true});
  const {width = 680, theme = 'light', scale = 1, textWidth, ...look} = options;
  checkPositive('renderOnto', 'scale', scale);
  const draw = async (view: View): Promise<Context> => {
    // What a view takes with its axes and titles is told by its drawing alone.
    const [, across, down] = /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"/.exec(await view.toSVG()) ?? [];
    if (across === undefined || down === undefined)
      throw new InternalError('figures.renderOnto: expected a drawing with its size; this is a bug');
    const context = open(Math.ceil(Number(across) * scale), Math.ceil(Number(down) * scale));
    await view.toCanvas(scale, {externalContext: context});
    return context;
  };
  return drawFigure(spec, width, figureTheme(theme, look), draw, textWidth);
}
