/** Figures as inline SVG, drawn when the site is built. */
import {renderSvg} from '@minefield/figures';
import {type PluginConfig, optimize} from 'svgo';
import type {SiteFigure} from './drawn.ts';

/** Widths in CSS pixels that figures are laid out for; in between they scale. */
export const figureWidths = {phone: 350, column: 680, wide: 1000} as const;

export type FigureWidth = keyof typeof figureWidths;

/** In the colours of the page around it: one drawing serves light and dark. */
export async function renderFigure({spec}: SiteFigure, width: FigureWidth): Promise<string> {
  return lighter(await renderSvg(spec, {width: figureWidths[width], theme: 'current'}));
}

/** Hundredths of a pixel: tenths would show in the outline of a dot. */
const rounded = {floatPrecision: 2};

/**
 * Less than half the weight, with nothing to be seen of it. Of svgo's plugins these are the ones that save more than one
 * part in a hundred; the rest of its preset would double the time. Ids stay as they are: `renderSvg` has made them
 * different in all figures of a page.
 */
const plugins: PluginConfig[] = [
  // What Vega says of each mark to scripts and assistive technology; the picture as a whole has its description.
  {
    name: 'removeAttrs',
    params: {attrs: String.raw`(?!svg$).*:(class|role|aria-.*|pointer-events)`},
  },
  {name: 'cleanupNumericValues', params: rounded},
  'convertColors',
  {name: 'removeUnknownsAndDefaults', params: {keepRoleAttr: true}},
  'convertShapeToPath',
  'moveElemsAttrsToGroup',
  'collapseGroups',
  {name: 'convertPathData', params: rounded},
  {name: 'convertTransform', params: rounded},
];

function lighter(svg: string): string {
  return optimize(svg, {plugins}).data;
}
