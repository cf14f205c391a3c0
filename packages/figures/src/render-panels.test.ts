import {describe, expect, it} from 'vitest';
import {samples} from '../test/sample-figures.ts';
import type {FigureSpec} from './figure.ts';
import {renderPanels} from './render-panels.ts';
import {renderSvg} from './render-svg.ts';

const count = (svg: string, what: RegExp): number => (svg.match(what) ?? []).length;

describe('renderPanels', () => {
  const figures = Object.entries(samples).map(([name, make]) => [name, make()] as const);

  it.each(figures)('cuts %s into its panels and their legend, and loses no mark', async (_, spec) => {
    const panels = (spec as {readonly concat?: readonly unknown[]}).concat ?? [];
    const drawing = await renderPanels(spec);
    expect(drawing.description).toBe(spec.description);
    expect(drawing.panels).toHaveLength(Math.max(1, panels.length));
    const whole = await renderSvg(spec, {width: 350});
    const pieces = [drawing.legend ?? '', ...drawing.panels.map(({svg}) => svg)].join('');
    expect(count(pieces, /<path/g)).toBeLessThanOrEqual(count(whole, /<path/g));
    // What is left out are the backgrounds of the figure as a whole.
    expect(count(whole, /<path/g) - count(pieces, /<path/g)).toBeLessThanOrEqual(4);
    const texts = (svg: string): string[] =>
      [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) =>
        text.replaceAll('&gt;', '>').replaceAll('&lt;', '<'),
      );
    if (drawing.panels.length > 1)
      for (const {title, svg} of drawing.panels) if (title !== '') expect(texts(svg)).toContain(title);
  });

  it('gives pieces ids of their own, and what they refer to', async () => {
    const spec = samples['lossSurface of two']?.() ?? figures.find(([, made]) => 'concat' in made)?.[1];
    const {legend, panels} = await renderPanels(spec as FigureSpec);
    const pieces = [legend ?? '', ...panels.map(({svg}) => svg)];
    const ids = pieces.map((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
    expect(new Set(ids.flat()).size).toBe(ids.flat().length);
    pieces.forEach((svg, i) => {
      for (const [, used = ''] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids[i]).toContain(used);
    });
  });
});
