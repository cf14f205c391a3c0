/** Replaces a figure's static picture with an interactive one. Loaded on demand, for it brings Vega with it. */
import {figureTheme, fitFigure, type FigureSpec} from '@minefield/figures';
import embed from 'vega-embed';

/**
 * @param picture the element that holds the static SVG; `data-spec` says where its Vega-Lite specification is
 * @throws {Error} when the specification cannot be had; the picture is then untouched
 */
export async function embedFigure(picture: HTMLElement): Promise<void> {
  const address = picture.dataset['spec'];
  if (address === undefined)
    throw new Error('embedFigure: expected an element with data-spec, got one without');
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const spec = fitFigure((await response.json()) as FigureSpec, picture.clientWidth);
  const stage = document.createElement('div');
  // Text is measured on a canvas, which cannot inherit the page's font. The picture has its description as a whole.
  const config = {...figureTheme('current'), font: getComputedStyle(picture).fontFamily, mark: {aria: false}};
  await embed(stage, spec, {
    mode: 'vega-lite',
    config,
    renderer: 'svg',
    // Expressions are interpreted: the site's policy lets nothing be evaluated.
    ast: true,
    actions: false,
    defaultStyle: false,
    tooltip: {disableDefaultStyle: true},
  });
  stage.role = 'img';
  stage.ariaLabel = spec.description ?? '';
  picture.replaceChildren(stage);
  picture.dataset['interactive'] = '';
}
