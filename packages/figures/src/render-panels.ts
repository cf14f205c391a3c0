import type {View} from 'vega';
import {checkOptions} from './check-options.ts';
import {InternalError} from '@minefield/core';
import type {FigureSpec} from './figure.ts';
import {type RenderOptions, drawFigure, renderOptions, withOwnIds} from './render-svg.ts';
import {figureTheme} from './theme.ts';

/** A figure in pieces, for a page that lays them out by its own width: one drawing serves phones and screens. */
export interface FigurePanels {
  /** What a reader who cannot see the figure needs to know. */
  readonly description: string;
  /** The legend that all panels share, as SVG; null where there is none, or it is in the only panel. */
  readonly legend: string | null;
  readonly panels: readonly FigurePanel[];
}

export interface FigurePanel {
  /** First line of the panel's heading, which is in its picture too; empty for none. */
  readonly title: string;
  readonly svg: string;
}

/** Room for strokes that reach past what Vega takes for the bounds, in pixels. */
const MARGIN = 2;

/**
 * Draws a figure as one SVG for each panel, on one set of scales, and one for the legend. The pieces are hidden from screen
 * readers: show `description` in their place. Ids are each piece's own.
 *
 * @param options.width - of one panel with its axes, in CSS pixels; default 350.
 * @throws {Error} where the spec does not compile, or compiles with a warning.
 */
export async function renderPanels(spec: FigureSpec, options: RenderOptions = {}): Promise<FigurePanels> {
  checkOptions('renderPanels', options, renderOptions);
  const {width = 350, theme = 'current', ...look} = options;
  const description = spec.description ?? '';
  const views = (spec as {readonly concat?: readonly {readonly title?: PanelTitle}[]}).concat;
  return drawFigure(spec, width, figureTheme(theme, look), async (view) => {
    const svg = await view.toSVG();
    if (views === undefined)
      return {description, legend: null, panels: [{title: '', svg: withOwnIds(hidden(svg))}]};
    const definitions = /<defs>.*<\/defs>/.exec(svg)?.[0] ?? '';
    const piece = (found: Item, group: string): string => withOwnIds(standalone(found, group, definitions));
    const legend = itemsOf(view).find(({mark}) => mark.role === 'legend');
    const panels = views.map(({title}, i): FigurePanel => {
      const name = `concat_${i}_group`;
      const found = itemsOf(view).find(({mark}) => mark.name === name);
      if (found === undefined)
        throw new InternalError(`figures.renderPanels: expected a group "${name}"; this is a bug`);
      return {
        title: [title?.text ?? ''].flat()[0] ?? '',
        svg: piece(found, elementAt(svg, `<g class="mark-group role-scope ${name}"`)),
      };
    });
    return {
      description,
      legend:
        legend === undefined ? null : piece(legend, elementAt(svg, '<g class="mark-group role-legend"')),
      panels,
    };
  });
}

interface PanelTitle {
  readonly text?: string | readonly string[];
}

/** An item of Vega's scene. */
interface Item {
  readonly bounds: {readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number};
  readonly mark: {readonly name?: string; readonly role?: string};
}

/** What stands side by side in a figure: a group for each panel, and the legend. */
function itemsOf(view: View): readonly Item[] {
  const {root} = view.scenegraph() as unknown as {
    readonly root: {
      readonly items: readonly [{readonly items: readonly {readonly items: readonly Item[]}[]}];
    };
  };
  return root.items[0].items.flatMap(({items}) => items);
}

/** A group as a picture of its own. */
function standalone({bounds: {x1, y1, x2, y2}}: Item, group: string, definitions: string): string {
  const [left, top] = [Math.floor(x1) - MARGIN, Math.floor(y1) - MARGIN];
  const [width, height] = [Math.ceil(x2) + MARGIN - left, Math.ceil(y2) + MARGIN - top];
  const own = definitionsIn(group, definitions);
  return hidden(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">` +
      `${own}<g fill="none" stroke-miterlimit="4">${group}</g></svg>`,
  );
}

function hidden(svg: string): string {
  return svg.replace('<svg ', '<svg aria-hidden="true" ');
}

/** Clips and gradients that a group uses. */
function definitionsIn(group: string, definitions: string): string {
  const used = [...definitions.matchAll(/<(clipPath|linearGradient|radialGradient) id="([^"]+)".*?<\/\1>/g)]
    .filter(([, , id]) => group.includes(`url(#${id})`))
    .map(([text]) => text);
  return used.length === 0 ? '' : `<defs>${used.join('')}</defs>`;
}

/** The element that starts with `opening`, whole. */
function elementAt(svg: string, opening: string): string {
  const start = svg.indexOf(opening);
  let depth = 0;
  for (const found of svg.slice(start).matchAll(/<(\/?)g\b[^>]*?(\/?)>/g)) {
    const [text, closing, empty] = found;
    if (empty === '/') continue;
    depth += closing === '/' ? -1 : 1;
    if (depth === 0) return svg.slice(start, start + found.index + text.length);
  }
  throw new InternalError(`figures.renderPanels: expected an element at ${opening}; this is a bug`);
}
