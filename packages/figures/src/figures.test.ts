import {Ajv} from 'ajv';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {logger as vegaLogger, None, parse, View} from 'vega';
import {compile} from 'vega-lite';
import {beforeAll, describe, expect, it} from 'vitest';
import {samples} from '../test/sample-figures.ts';
import {fitFigure, type FigureSpec} from './figure.ts';
import {renderSvg} from './render-svg.ts';
import {figureTheme} from './theme.ts';

const quiet = vegaLogger(None);
const names = Object.keys(samples);
const specs = new Map<string, FigureSpec>();
let faultsOf: (spec: unknown) => string[];
let compiledFaultsOf: (spec: unknown) => string[];

function specOf(name: string): FigureSpec {
  const spec = specs.get(name) ?? samples[name]?.();
  if (spec === undefined) throw new Error(`no sample ${name}`);
  specs.set(name, spec);
  return spec;
}

/** Every value under a key, anywhere in a spec. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key ? [item] : []),
    ...valuesOf(item, key),
  ]);
}

function sizeOf(svg: string): {width: number; height: number} {
  const [, width, height] = / width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return {width: Number(width), height: Number(height)};
}

/** Checks against a JSON Schema that a package ships. */
function checkerOf(file: string): (spec: unknown) => string[] {
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8')) as object;
  const ajv = new Ajv({strict: false, formats: {'color-hex': true, uri: true, 'uri-reference': true}});
  const check = ajv.compile(schema);
  return (spec) =>
    check(spec) ? [] : (check.errors ?? []).map(({instancePath, message}) => `${instancePath} ${message}`);
}

beforeAll(() => {
  faultsOf = checkerOf('vega-lite/vega-lite-schema.json');
  compiledFaultsOf = checkerOf('vega/vega-schema.json');
});

describe.each(names)('%s', (name) => {
  it("keeps to Vega-Lite's schema", () => {
    expect(faultsOf(specOf(name))).toEqual([]);
    expect(faultsOf(fitFigure(specOf(name), 320))).toEqual([]);
  });

  it('compiles with its interactions, without a warning, to a valid Vega spec that runs', async () => {
    const warnings: unknown[] = [];
    const logger = {
      ...quiet,
      warn: (...messages: unknown[]) => (warnings.push(...messages), logger),
    } as typeof quiet;
    const {spec} = compile(specOf(name), {config: figureTheme('light'), logger});
    expect(warnings).toEqual([]);
    expect(compiledFaultsOf(JSON.parse(JSON.stringify(spec)))).toEqual([]);
    const view = new View(parse(spec), {renderer: 'none'});
    await view.runAsync();
    view.finalize();
  });

  it('draws without a warning, the same bytes each time', async () => {
    const svg = await renderSvg(specOf(name));
    expect(await renderSvg(structuredClone(specOf(name)))).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('fits widths from a phone to a desktop', async () => {
    for (const width of [320, 700]) {
      const size = sizeOf(await renderSvg(specOf(name), {width}));
      expect(size.width).toBeLessThanOrEqual(width + 4);
      expect(size.width).toBeGreaterThan(Math.min(width, 460) * 0.9);
    }
  });

  it('has alt text, axis titles, tooltips and few bytes', () => {
    const spec = specOf(name);
    expect(spec.description?.length).toBeGreaterThan(60);
    expect(spec.description).not.toMatch(/NaN|undefined|Infinity|null/);
    const titled = ['x', 'y'].map((axis) =>
      valuesOf(spec, axis).filter((value) => valuesOf(value, 'title').length > 0),
    );
    expect(titled.every((axes) => axes.length > 0)).toBe(true);
    expect(valuesOf(valuesOf(spec, 'encoding'), 'tooltip').length).toBeGreaterThan(0);
    expect(JSON.stringify(spec).length).toBeLessThan(name.startsWith('decisionBoundary') ? 130_000 : 30_000);
  });

  it('has the same size in light and dark, and the ink of each', async () => {
    const [light, dark] = await Promise.all(
      (['light', 'dark'] as const).map((theme) => renderSvg(specOf(name), {theme})),
    );
    expect(light).toContain('fill="#1f2328"');
    expect(dark).toContain('fill="#e6e8eb"');
    expect(sizeOf(light ?? '')).toEqual(sizeOf(dark ?? ''));
  });
});
