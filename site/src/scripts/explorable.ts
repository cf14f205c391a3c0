/** What a figure's specification gains when a reader explores it: zoom, legends that can be pressed, and linked points. */
import type {FigureSpec} from '@minefield/figures';

type View = Readonly<Record<string, unknown>>;

export interface Explorable {
  readonly spec: FigureSpec;
  readonly zoom: boolean;
  readonly legend: boolean;
  /** Whether there are values to point at. */
  readonly values: boolean;
  /** Whether what is pointed at shows in all panels. */
  readonly linked: boolean;
}

/**
 * The same figure with what can be added to it. Zoom by shift and wheel, so that a page scrolls as ever; dragging moves what is
 * shown, except by a finger, which scrolls too. Contours are drawings of one size and do not zoom.
 */
export function explorable(figure: FigureSpec): Explorable {
  const spec = figure as unknown as View;
  const concat = viewsOf(spec, 'concat');
  const panels = (concat ?? [spec]).map(withNames);
  const zoomed = panels.map(withZoom);
  const legend = withLegend(zoomed.map(({panel}) => panel));
  const linked = withLinks(legend.panels);
  const zooms = zoomed.flatMap(({param}): View[] => (param === undefined ? [] : [param]));
  const added = [...zooms, ...legend.params, ...linked.params];
  const [only] = linked.panels;
  // All stand at the top, for parameters there replace those of the layers that they name.
  const alone = concat === undefined && viewsOf(spec, 'layer') === undefined;
  const params = alone ? added.map((param) => without(param, 'views')) : added;
  const made = concat === undefined ? only : {...spec, concat: linked.panels};
  return {
    spec: {...made, ...(params.length > 0 && {params})} as unknown as FigureSpec,
    zoom: zooms.length > 0,
    legend: legend.params.length > 0,
    values: panels.some((panel) => layersOf(panel).some(hasValues)),
    linked: linked.params.length > 0,
  };
}

/** Without the layers that answer a pointer: for drawings to be kept. */
export function withoutHover(figure: FigureSpec): FigureSpec {
  const spec = figure as unknown as View;
  const still = (panel: View): View => {
    const layers = viewsOf(panel, 'layer');
    return layers === undefined ? panel : {...panel, layer: layers.filter((layer) => !isHover(layer))};
  };
  const panels = viewsOf(spec, 'concat');
  return (panels === undefined ? still(spec) : {...spec, concat: panels.map(still)}) as unknown as FigureSpec;
}

function without(view: View, key: string): View {
  return Object.fromEntries(Object.entries(view).filter(([name]) => name !== key));
}

export function viewsOf(view: View, key: 'concat' | 'layer'): readonly View[] | undefined {
  const list = view[key];
  return Array.isArray(list) ? (list as readonly View[]) : undefined;
}

/** A panel without layers is its own only one. */
export function layersOf(panel: View): readonly View[] {
  return viewsOf(panel, 'layer') ?? [panel];
}

export function isHover({name}: View): boolean {
  return typeof name === 'string' && name.startsWith('hover');
}

export function isContour(layer: View): boolean {
  return [markOf(layer)['style']].flat().includes('contour');
}

function markOf(layer: View): View {
  const mark = layer['mark'];
  return typeof mark === 'string' ? {type: mark} : ((mark as View | undefined) ?? {});
}

export function channelsOf(layer: View): Readonly<Record<string, View | undefined>> {
  return (layer['encoding'] as Readonly<Record<string, View | undefined>> | undefined) ?? {};
}

function hasValues(layer: View): boolean {
  return channelsOf(layer)['tooltip'] !== undefined || isHover(layer);
}

function withLayers(panel: View, change: (layer: View, index: number) => View): View {
  const layers = viewsOf(panel, 'layer');
  return layers === undefined ? change(panel, 0) : {...panel, layer: layers.map(change)};
}

function isContinuous(channel: View | undefined): boolean {
  return (
    channel?.['type'] === 'quantitative' &&
    typeof channel['field'] === 'string' &&
    channel['bin'] === undefined
  );
}

/** A name for every layer, by which parameters find it. */
function withNames(panel: View, p: number): View {
  return withLayers(panel, (layer, i) => ({...layer, name: layer['name'] ?? `part_${p}_${i}`}));
}

interface Zoomed {
  readonly panel: View;
  readonly param?: View;
}

function withZoom(panel: View, index: number): Zoomed {
  const layers = layersOf(panel);
  if (layers.some(isContour)) return {panel};
  const bars = layers.some((layer) => markOf(layer)['type'] === 'bar');
  const both = bars
    ? -1
    : layers.findIndex(
        (layer) => !isHover(layer) && ['x', 'y'].every((name) => isContinuous(channelsOf(layer)[name])),
      );
  const across = layers.findIndex((layer) => !isHover(layer) && isContinuous(channelsOf(layer)['x']));
  const place = both === -1 ? across : both;
  if (place === -1) return {panel};
  const drag = '[pointerdown[event.pointerType !== "touch"], window:pointerup] > window:pointermove!';
  const param = {
    name: `zoom_${index}`,
    select: {
      type: 'interval',
      encodings: both === -1 ? ['x'] : ['x', 'y'],
      zoom: 'wheel![event.shiftKey]',
      on: drag,
      translate: drag,
      clear: 'dblclick',
    },
    bind: 'scales',
    views: [String(layers[place]?.['name'])],
  };
  // What is moved out of sight stays inside its panel.
  const clipped = withLayers(panel, (layer) =>
    markOf(layer)['type'] === 'text' ? layer : {...layer, mark: {...markOf(layer), clip: true}},
  );
  return {panel: clipped, param};
}

interface Added {
  readonly panels: readonly View[];
  readonly params: readonly View[];
}

const COLOURS = ['color', 'fill', 'stroke'] as const;

/** The field whose legend has several entries; contours and gradients have none to press. */
function legendOf(layer: View): string | undefined {
  for (const name of COLOURS) {
    const channel = channelsOf(layer)[name];
    const entries = (channel?.['scale'] as View | undefined)?.['domain'];
    if (channel?.['type'] !== 'nominal' || channel['legend'] === null) continue;
    if (Array.isArray(entries) && entries.length > 1) return String(channel['field']);
  }
  return undefined;
}

function withLegend(panels: readonly View[]): Added {
  const field = panels
    .flatMap(layersOf)
    .map(legendOf)
    .find((found) => found !== undefined);
  if (field === undefined) return {panels, params: []};
  const views: string[] = [];
  const changed = panels.map((panel) => {
    const owner = layersOf(panel).find((layer) => legendOf(layer) === field && !isHover(layer));
    if (owner !== undefined) views.push(String(owner['name']));
    return withLayers(panel, (layer) => {
      const channels = channelsOf(layer);
      const uses = Object.values(channels).some((channel) => channel?.['field'] === field);
      if (!uses || isHover(layer) || channels['opacity'] !== undefined) return layer;
      const full = markOf(layer)['opacity'] ?? 1;
      const opacity = {condition: {param: 'shown', value: full}, value: 0.08};
      return {...layer, encoding: {...channels, opacity}};
    });
  });
  return {
    panels: changed,
    params: [{name: 'shown', select: {type: 'point', fields: [field]}, bind: 'legend', views}],
  };
}

/** Panels over the same axis show what is pointed at in all of them. */
function withLinks(panels: readonly View[]): Added {
  const layers = panels.map((panel) => layersOf(panel).find(isHover));
  const axes = layers.map((layer) => (layer === undefined ? undefined : channelsOf(layer)['x']));
  const [first] = axes;
  const field = first?.['field'];
  const same = axes.every((axis) => axis?.['field'] === field && axis?.['title'] === first?.['title']);
  if (panels.length < 2 || typeof field !== 'string' || !same) return {panels, params: []};
  const changed = panels.map((panel) =>
    withLayers(panel, (layer) => {
      if (!isHover(layer)) return layer;
      const opacity = {condition: {param: 'pointed', empty: false, value: 1}, value: 0};
      return {...without(layer, 'params'), encoding: {...channelsOf(layer), opacity}};
    }),
  );
  const select = {type: 'point', on: 'pointerover', nearest: true, clear: 'pointerout', fields: [field]};
  return {
    panels: changed,
    params: [{name: 'pointed', select, views: layers.map((layer) => String(layer?.['name']))}],
  };
}
