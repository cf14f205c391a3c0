import type {Config} from 'vega-lite';
import {checkOptions, checkWord} from './check-options.ts';

/**
 * `light` and `dark` hold fixed colours and suit any renderer. `current` takes its ink from the CSS `color` of the page
 * and its font from there too: one inline SVG for both appearances.
 */
export type FigureTheme = 'light' | 'dark' | 'current';

const inks: Readonly<
  Record<FigureTheme, {readonly ink: string; readonly page: string; readonly font: string}>
> = {
  light: {ink: '#1f2328', page: '#ffffff', font: 'system-ui, sans-serif'},
  dark: {ink: '#e6e8eb', page: '#15181c', font: 'system-ui, sans-serif'},
  current: {ink: 'currentColor', page: 'var(--figure-page, Canvas)', font: 'inherit'},
};

export interface ThemeOptions {
  /** CSS families. Default: the system's own for interfaces, of `current` that of the page. */
  readonly font?: string;
  /** `page`: the colour that the theme is made for; `current` knows none, and stays transparent. Default `transparent`. */
  readonly background?: 'transparent' | 'page';
}

/** Everything about a figure's look but the colours of its data: a Vega-Lite config. */
export function figureTheme(theme: FigureTheme, options: ThemeOptions = {}): Config {
  checkOptions('figureTheme', options, {font: true, background: true});
  checkWord('figureTheme', 'theme', theme, Object.keys(inks));
  const {ink, page} = inks[theme];
  const {font = inks[theme].font, background = 'transparent'} = options;
  checkWord('figureTheme', 'background', background, ['transparent', 'page']);
  return {
    aria: false,
    background: theme === 'current' || background === 'transparent' ? 'transparent' : page,
    font,
    padding: {left: 2, right: 4, top: 4, bottom: 4},
    view: {stroke: null},
    title: {
      anchor: 'start',
      frame: 'group',
      color: ink,
      fontSize: 15,
      fontWeight: 600,
      offset: 12,
      lineHeight: 19,
      subtitleColor: ink,
      subtitleFontSize: 12,
      subtitlePadding: 5,
    },
    axis: {
      labelColor: ink,
      labelFontSize: 11,
      labelOpacity: 0.75,
      labelPadding: 5,
      titleColor: ink,
      titleFontSize: 12,
      titleFontWeight: 400,
      titlePadding: 8,
      domainColor: ink,
      domainOpacity: 0.45,
      tickColor: ink,
      tickOpacity: 0.45,
      tickSize: 4,
      gridColor: ink,
      gridOpacity: 0.09,
      tickCount: 5,
    },
    axisX: {grid: false},
    // A minimum keeps panels of one figure in line when their labels differ in length.
    axisY: {domain: false, ticks: false, minExtent: 34},
    legend: {
      orient: 'top',
      direction: 'horizontal',
      labelColor: ink,
      labelFontSize: 12,
      labelLimit: 0,
      titleLimit: 0,
      titleColor: ink,
      titleFontSize: 12,
      titleFontWeight: 400,
      symbolSize: 80,
      symbolStrokeWidth: 2.5,
      columnPadding: 16,
      offset: 10,
      gradientThickness: 10,
      gradientLength: 180,
      titlePadding: 6,
    },
    style: {
      'panel-title': {font, fontSize: 12, fontWeight: 600, fill: ink},
      note: {font, color: ink, opacity: 0.75, fontSize: 11},
      outline: {color: ink},
      'note-halo': {font, stroke: page, strokeWidth: 3, strokeJoin: 'round', fontSize: 11},
      reference: {color: ink, strokeOpacity: 0.55, strokeDash: [4, 3], strokeWidth: 1},
      median: {color: ink, strokeOpacity: 0.75, strokeWidth: 1.5},
      band: {color: ink, fillOpacity: 0.09, strokeOpacity: 0},
      halo: {stroke: page, strokeWidth: 0.8},
    },
  } as Config;
}
