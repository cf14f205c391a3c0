/** Figures as inline SVG, drawn when the site is built: a piece for each panel, which the page lays out. */
import {type FigurePanel, type FigurePanels, renderPanels} from '@minefield/figures';
import {type PluginConfig, optimize} from 'svgo';
import type {SiteFigure} from './drawn.ts';

/** In CSS pixels. One of several panels has what a phone has; on screens they stand side by side, a little larger. */
const widths = {panel: 350, alone: 400};

export interface Drawing extends FigurePanels {
  readonly panels: readonly SizedPanel[];
}

/** With the size of its picture, so that a page keeps its place before it lays it out. */
export interface SizedPanel extends FigurePanel {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const drawings = new WeakMap<SiteFigure, Promise<Drawing>>();

/** In the colours of the page around it: one drawing serves light and dark, phones and screens. */
export function renderFigure(figure: SiteFigure): Promise<Drawing> {
  const drawing = drawings.get(figure) ?? draw(figure);
  drawings.set(figure, drawing);
  return drawing;
}

async function draw({spec}: SiteFigure): Promise<Drawing> {
  const width = 'concat' in spec ? widths.panel : widths.alone;
  const {description, legend, panels} = await renderPanels(spec, {width, theme: 'current'});
  return {
    description,
    legend: legend === null ? null : lighter(legend),
    panels: panels.map(({title, svg}) => sized({title, svg: lighter(svg)})),
  };
}

function sized(panel: FigurePanel): SizedPanel {
  const size = /^<svg[^>]* viewBox="\S+ \S+ (?<width>\S+) (?<height>\S+)"/.exec(panel.svg)?.groups;
  if (size === undefined)
    throw new Error(`render-figure: expected an SVG with a viewBox, got ${panel.svg.slice(0, 200)}`);
  return {...panel, width: Number(size['width']), height: Number(size['height'])};
}

/** Hundredths of a pixel: tenths would show in the outline of a dot. */
const rounded = {floatPrecision: 2};

/**
 * Less than half the weight, with nothing to be seen of it. Ids stay as they are: `renderPanels` has made them different in
 * all figures of a page.
 */
const plugins: PluginConfig[] = [
  // What Vega says of each mark to scripts and assistive technology; the picture as a whole has its description.
  {
    name: 'removeAttrs',
    params: {attrs: [String.raw`(?!svg$).*:(class|role|aria-.*|pointer-events)`, 'svg:style']},
  },
  {name: 'cleanupNumericValues', params: rounded},
  'convertColors',
  {name: 'removeUnknownsAndDefaults', params: {keepRoleAttr: true}},
  'convertShapeToPath',
  'removeHiddenElems',
  {name: 'convertPathData', params: {...rounded, applyTransforms: true, applyTransformsStroked: true}},
  {name: 'mergePaths', params: rounded},
  'moveElemsAttrsToGroup',
  'collapseGroups',
  {name: 'convertTransform', params: rounded},
];

function lighter(svg: string): string {
  return optimize(svg, {plugins}).data;
}
