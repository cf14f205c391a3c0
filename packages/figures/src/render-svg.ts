import {parse, View} from 'vega';
import {type Config, compile} from 'vega-lite';
import {type OptionKeys, checkOptions} from './check-options.ts';
import {type FigureSpec, fitFigure, type View as Part} from './figure.ts';
import {type TextWidth, withTextWidths} from './text-width.ts';
import {figureTheme, type FigureTheme, type ThemeOptions} from './theme.ts';

export interface RenderOptions extends ThemeOptions {
  /** Width of the whole figure in CSS pixels. Default 680. */
  readonly width?: number;
  /** Default `current`: the ink of the page that the SVG stands in. */
  readonly theme?: FigureTheme;
}

export const renderOptions: OptionKeys<RenderOptions> = {
  width: true,
  theme: true,
  font: true,
  background: true,
};

/**
 * Draws a figure as SVG without a browser or a canvas. It scales down with its container, carries the figure's
 * description for screen readers, and its ids are its own: many may stand in one page. The same spec gives the same bytes.
 * It is Vega's drawing as it is; an optimizer of SVGs, such as svgo, halves it.
 *
 * @throws {Error} where the spec does not compile, or compiles with a warning.
 */
export async function renderSvg(spec: FigureSpec, options: RenderOptions = {}): Promise<string> {
  checkOptions('renderSvg', options, renderOptions);
  const {width = 680, theme = 'current', ...look} = options;
  return drawFigure(spec, width, figureTheme(theme, look), async (view) =>
    accessible(withOwnIds(await view.toSVG()), spec.description ?? ''),
  );
}

/** Lays a figure out and hands over the drawn view, which lives no longer than `use` takes. */
export async function drawFigure<T>(
  spec: FigureSpec,
  width: number,
  config: Config,
  use: (view: View) => Promise<T>,
  textWidth?: TextWidth,
): Promise<T> {
  const fitted = withoutHover(fitFigure(spec, width) as unknown as Part) as unknown as FigureSpec;
  const compiled = compile(fitted, {config, logger: strictLogger()});
  const view = new View(parse(compiled.spec), {renderer: 'none'});
  try {
    withTextWidths(() => void view.run(), textWidth);
    return await use(view);
  } finally {
    view.finalize();
  }
}

/** Layers named `hover…` answer a pointer; a static drawing does without. */
function withoutHover(view: Part): Part {
  const children = (key: string): Part => {
    const list = view[key];
    if (!Array.isArray(list)) return {};
    const kept = (list as readonly Part[]).filter(
      ({name}) => !(typeof name === 'string' && name.startsWith('hover')),
    );
    return {[key]: kept.map(withoutHover)};
  };
  return {...view, ...children('layer'), ...children('concat')};
}

type Logger = NonNullable<NonNullable<Parameters<typeof compile>[1]>['logger']>;

function strictLogger(): Logger {
  const refuse = (...messages: readonly unknown[]): never => {
    throw new Error(
      `figures.renderSvg: expected a spec that compiles without warnings, got: ${messages.join(' ')}`,
    );
  };
  const logger: Logger = {
    level: () => logger,
    error: refuse,
    warn: refuse,
    info: () => logger,
    debug: () => logger,
  } as Logger;
  return logger;
}

/** Vega numbers clips and gradients by a counter of the process; here by the content, so that drawings never collide. */
export function withOwnIds(svg: string): string {
  const ids = [...new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id))];
  const neutral = ids.reduce((text, id, index) => rename(text, id, `id${index}`), svg);
  const prefix = `f${hash(neutral)}`;
  return ids.reduce((text, _, index) => rename(text, `id${index}`, `${prefix}-${index}`), neutral);
}

function rename(svg: string, from: string, to: string): string {
  return svg.replaceAll(`id="${from}"`, `id="${to}"`).replaceAll(`url(#${from})`, `url(#${to})`);
}

/** FNV-1a of a text: enough to tell the drawings of one page apart. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}

function accessible(svg: string, description: string): string {
  const label = description.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  // A function: in a text, `$'` and its like stand for parts of the drawing.
  return svg.replace(
    '<svg ',
    () => `<svg role="img" aria-label="${label}" style="max-width:100%;height:auto" `,
  );
}
