/** Figures as inline SVG, drawn when the site is built. */
import {renderSvg} from '@minefield/figures';
import type {SiteFigure} from './figures.ts';

/** Widths in CSS pixels that figures are laid out for; in between they scale. */
export const figureWidths = {phone: 350, column: 680, wide: 1000} as const;

export type FigureWidth = keyof typeof figureWidths;

/** In the colours of the page around it: one drawing serves light and dark. */
export async function renderFigure({spec}: SiteFigure, width: FigureWidth): Promise<string> {
  return lighter(await renderSvg(spec, {width: figureWidths[width], theme: 'current'}));
}

/**
 * Half the weight: without what Vega says of each mark to scripts and assistive technology (the picture as a whole has
 * its description), and with no more decimals than are seen.
 */
function lighter(svg: string): string {
  const [root = '', ...parts] = svg.split(/(?=<)/);
  const bare = parts.join('').replaceAll(/ (?:class|role|aria-[a-z]+)="[^"]*"/g, '');
  const short = bare.replaceAll(/ (d|transform)="[^"]*"/g, (attribute, name: string) => {
    // Tenths would show in the outline of a dot.
    const scale = name === 'd' && attribute.length < 300 ? 100 : 10;
    return attribute.replaceAll(/-?\d+\.\d{2,}/g, (number) =>
      String(Math.round(Number(number) * scale) / scale),
    );
  });
  return root + short;
}
