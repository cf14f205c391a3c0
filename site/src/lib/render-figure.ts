/** Vega-Lite specifications to SVG, when the site is built. */
import * as vega from 'vega';
import {compile} from 'vega-lite';
import type {SiteFigure} from './figures.ts';

/**
 * The figure as inline SVG. Its colours are CSS variables where they come from our theme, so it follows the page from
 * light to dark. Scripts, styles and identifiers cannot clash with those of other figures on the page.
 */
export async function renderFigure({id, spec}: SiteFigure): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), {renderer: 'none'});
  try {
    const svg = await view.toSVG();
    return inlined(svg, id);
  } finally {
    view.finalize();
  }
}

/** Without what only a file of its own needs; hidden from assistive technology, for the figure has a description. */
function inlined(svg: string, id: string): string {
  const names = new Map<string, string>();
  const own = (name: string): string => {
    const known = names.get(name) ?? `${id}-${names.size}`;
    names.set(name, known);
    return known;
  };
  return svg
    .replace(/ xmlns(:xlink)?="[^"]*"| version="1.1"| class="[^"]*"/g, '')
    .replace(/ aria-[a-z]+="[^"]*"| role="[^"]*"/g, '')
    .replace('<svg', '<svg aria-hidden="true" focusable="false"')
    .replace(/ id="([^"]+)"/g, (_, name: string) => ` id="${own(name)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, name: string) => `url(#${own(name)})`);
}
