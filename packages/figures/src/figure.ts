import type {TopLevelSpec} from 'vega-lite';

/** A Vega-Lite specification with its alt text; `fitFigure` gives it another width. */
export type FigureSpec = TopLevelSpec;

/** A part of a specification: plain JSON, checked as a whole against Vega-Lite's schema in the tests. */
export type View = Readonly<Record<string, unknown>>;

export interface FigureOptions {
  /** Heading of the figure; an empty one leaves it out. Default: each figure's own. */
  readonly title?: string;
}

/** How a figure uses its width; kept in the spec's `usermeta`. */
export interface FigureLayout {
  /** Panels beside each other are at least so wide, in pixels; else they go below each other. */
  readonly minimumPanelWidth: number;
  readonly maximumPanelWidth: number;
  /** Height of a panel over its width. */
  readonly aspect: number;
  /** Height of a panel in pixels, whatever its width; for lists of rows. Default by `aspect`. */
  readonly height?: number;
  /** What the vertical axis takes beside a panel: labels, title and their padding. Default 60 pixels. */
  readonly axisWidth?: number;
  /** Length of the longest entry of the legend, in characters. */
  readonly legendCharacters?: number;
}

export interface FigureParts {
  readonly title: string;
  readonly subtitle?: string;
  /** What a reader who cannot see the figure needs to know. */
  readonly description: string;
  readonly panels: readonly View[];
  readonly layout: FigureLayout;
}

/** Assembles a specification from panels. */
export function figure({title, subtitle, description, panels, layout}: FigureParts): FigureSpec {
  const [single] = panels;
  const body = panels.length === 1 && single !== undefined ? single : {concat: panels, spacing: gap};
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    ...body,
    ...(title === '' ? {} : {title: {text: title, frame: 'bounds', ...subtitleOf(body, subtitle)}}),
    usermeta: {figure: layout},
  };
  return fitFigure(spec as unknown as FigureSpec, 680);
}

/** Below the heading: what the figure says there, then the heading of a lone panel. */
function subtitleOf(body: View, subtitle: string | undefined): View {
  const panel = body['title'] as View | undefined;
  const lines = [subtitle ?? [], panel?.['text'] ?? [], panel?.['subtitle'] ?? []].flat();
  return lines.length === 0 ? {} : {subtitle: lines};
}

/** The heading of a panel. Give all panels of a figure as many lines, and they stay level. */
export function panelTitle(text: string, ...subtitle: readonly string[]): View {
  return {text, style: 'panel-title', ...(subtitle.length === 0 ? {} : {subtitle})};
}

const gap = 18;
const margin = 12;
const titleCharacterWidth = 9;
const legendCharacterWidth = 6.5;

/**
 * The same figure for another width: panels are laid out anew, titles wrapped, the legend broken into rows. Specs that
 * are not from this package are returned with that width and no other change.
 *
 * @param width - of the whole figure with its axes, in CSS pixels, at least 120.
 */
export function fitFigure(spec: FigureSpec, width: number): FigureSpec {
  if (!(width >= 120))
    throw new RangeError(`figures.fitFigure: expected a width >= 120 pixels, got ${width}`);
  const view = spec as unknown as View;
  const layout = layoutOf(view);
  if (layout === undefined) return {...view, width} as unknown as FigureSpec;
  const panels = Array.isArray(view['concat']) ? (view['concat'] as readonly View[]) : undefined;
  const count = panels?.length ?? 1;
  const {axisWidth = 60} = layout;
  const available = width - margin;
  const cell = layout.minimumPanelWidth + axisWidth + gap;
  const columns = Math.max(1, Math.min(count, Math.floor((available + gap) / cell)));
  const share = Math.floor((available - gap * (columns - 1)) / columns) - axisWidth;
  const panelWidth = Math.max(40, Math.min(share, layout.maximumPanelWidth));
  const size = {width: panelWidth, height: layout.height ?? Math.round(panelWidth * layout.aspect)};
  const sized =
    panels === undefined
      ? sizeView(view, size)
      : {...view, columns, concat: panels.map((panel) => sizeView(panel, size))};
  return {
    ...sized,
    ...wrappedTitle(view, width),
    config: {legend: {columns: legendColumns(layout, available)}},
  } as unknown as FigureSpec;
}

function layoutOf(view: View): FigureLayout | undefined {
  const meta = view['usermeta'] as {readonly figure?: FigureLayout} | undefined;
  return meta?.figure;
}

/** Sets the size of a panel, and of the contours that fill it. */
function sizeView(view: View, size: {readonly width: number; readonly height: number}): View {
  const layers = view['layer'];
  if (!Array.isArray(layers)) return {...view, ...size};
  const layer = (layers as readonly View[]).map((child) => {
    const mark = child['mark'] as View | undefined;
    return [mark?.['style']].flat().includes('contour')
      ? {...child, mark: {...mark, size: size.width * size.height}}
      : child;
  });
  return {...view, ...size, layer};
}

function wrappedTitle(view: View, width: number): View {
  const title = view['title'] as View | undefined;
  if (title === undefined) return {};
  const text = [title['text']].flat().join(' ');
  return {title: {...title, text: wrap(text, Math.floor(width / titleCharacterWidth))}};
}

function wrap(text: string, characters: number): string | string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > characters) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return lines.length === 0 ? line : [...lines, line];
}

function legendColumns({legendCharacters = 12}: FigureLayout, width: number): number {
  return Math.max(1, Math.floor(width / (legendCharacters * legendCharacterWidth + 34)));
}
