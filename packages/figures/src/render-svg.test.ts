import {describe, expect, it} from 'vitest';
import {samples} from '../test/sample-figures.ts';
import type {FigureSpec} from './figure.ts';
import {renderSvg} from './render-svg.ts';

const gap = samples['generalizationGap of a sweep']?.();
const profiles = samples['basinProfiles of two']?.();
if (gap === undefined || profiles === undefined) throw new Error('samples have moved');

const bars: FigureSpec = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  description: 'Two "bars" & more',
  data: {values: [{a: 1}, {a: 2}]},
  mark: 'bar',
  encoding: {y: {field: 'a', type: 'ordinal'}},
};

describe('renderSvg', () => {
  it('draws with the ink of the page by default, on no background', async () => {
    const svg = await renderSvg(gap);
    expect(svg).toContain('currentColor');
    expect(svg).not.toMatch(/<rect[^>]*fill="(white|#fff)/);
  });

  it('names itself for screen readers and shrinks with its container', async () => {
    const svg = await renderSvg(bars);
    expect(svg).toMatch(
      /^<svg role="img" aria-label="Two &quot;bars&quot; &amp; more" style="max-width:100%;height:auto" /,
    );
    expect(svg).toContain('viewBox="0 0 ');
  });

  it('takes a description for a text, whatever it means to a search and replace', async () => {
    const plain = await renderSvg({...bars, description: 'plain'});
    for (const description of ["$' costs", '$` costs', '$& costs', '$$ costs', '$1 costs']) {
      const svg = await renderSvg({...bars, description});
      expect(svg).toBe(plain.replace('plain', () => description.replaceAll('&', '&amp;')));
    }
  });

  it('gives two drawings of one page different ids, and each reference an id of its own', async () => {
    const drawings = [
      await renderSvg(profiles),
      await renderSvg(profiles, {width: 400}),
      await renderSvg(gap),
    ];
    const ids = drawings.map((svg) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(ids[0]?.length).toBeGreaterThan(0);
    const all = ids.flat();
    expect(new Set(all).size).toBe(all.length);
    drawings.forEach((svg, i) => {
      for (const [, reference] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(ids[i]).toContain(reference);
    });
  });

  it('does not depend on what was drawn before', async () => {
    const first = await renderSvg(profiles);
    await renderSvg(gap);
    expect(await renderSvg(profiles)).toBe(first);
  });

  it('leaves out what only a pointer can reach', async () => {
    const curves = samples['learningCurves of two']?.();
    expect(JSON.stringify(curves)).toContain('hover-loss');
    expect((await renderSvg(curves ?? bars)).length).toBeLessThan(25_000);
  });

  it('refuses a spec that compiles with a warning', async () => {
    const bad = {
      ...bars,
      encoding: {...bars.encoding, x: {field: 'a', type: 'quantitative', scale: {type: 'log', zero: true}}},
    };
    await expect(renderSvg(bad as FigureSpec)).rejects.toThrow(
      /^figures\.renderSvg: expected a spec that compiles without warnings/,
    );
  });

  it('refuses a width that holds no figure', async () => {
    await expect(renderSvg(bars, {width: 50})).rejects.toThrow(
      'figures.fitFigure: expected a width >= 120 pixels, got 50',
    );
    await expect(renderSvg(bars, {width: NaN})).rejects.toThrow(RangeError);
  });
});
