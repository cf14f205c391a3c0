import {describe, expect, it} from 'vitest';
import {samples} from '../test/sample-figures.ts';
import {renderOnto} from './render-onto.ts';
import {renderSvg} from './render-svg.ts';

const gap = samples['generalizationGap of a sweep']?.();
if (gap === undefined) throw new Error('samples have moved');

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly font: unknown;
  readonly fillStyle: unknown;
}

/** A context that writes down what is done with it, and has what any other has. */
class Recorder {
  readonly calls: Call[] = [];
  readonly size: readonly [number, number];

  constructor(width: number, height: number) {
    this.size = [width, height];
    const state: Record<string, unknown> = {};
    const {calls} = this;
    return new Proxy(this, {
      // A promise would take it for another promise if it had a `then`.
      get: (target, key) =>
        key === 'then' || Reflect.has(target, key)
          ? Reflect.get(target, key)
          : (state[String(key)] ??
            ((...args: unknown[]) =>
              calls.push({method: String(key), args, font: state['font'], fillStyle: state['fillStyle']}))),
      set: (_, key, value) => ((state[String(key)] = value), true),
    });
  }

  called(method: string): Call[] {
    return this.calls.filter((call) => call.method === method);
  }
}

const open = (width: number, height: number): Recorder => new Recorder(width, height);

describe('renderOnto', () => {
  it('writes the texts that the SVG has, in the font that is asked for', async () => {
    const drawn = await renderOnto(gap, open, {font: 'Some Sans'});
    const svg = await renderSvg(gap, {theme: 'light'});
    const texts = drawn.called('fillText').map(({args}) => String(args[0]));
    const inSvg = [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text = '']) => text);
    expect(inSvg.length).toBeGreaterThan(8);
    expect(texts.toSorted()).toEqual(inSvg.toSorted());
    expect(drawn.called('fillText').every(({font}) => String(font).endsWith('px Some Sans'))).toBe(true);
  });

  it('takes the room of the SVG, scaled', async () => {
    const {size, called} = await renderOnto(gap, open, {width: 400, scale: 2}).then((drawn) => ({
      size: drawn.size,
      called: drawn.called('scale'),
    }));
    const [, width, height] = / width="(\d+)" height="(\d+)"/.exec(await renderSvg(gap, {width: 400})) ?? [];
    expect(size).toEqual([2 * Number(width), 2 * Number(height)]);
    expect(called[0]?.args).toEqual([2, 2]);
  });

  it('paints the background of its theme where that is asked for', async () => {
    const painted = async (background: 'page' | 'transparent'): Promise<unknown> =>
      (await renderOnto(gap, open, {theme: 'dark', background})).called('fillRect')[0]?.fillStyle;
    expect(await painted('page')).toBe('#15181c');
    expect(await painted('transparent')).not.toBe('#15181c');
  });

  it('leaves the room that the text of the library takes', async () => {
    const narrow = await renderOnto(gap, open, {textWidth: (text) => 4 * text.length});
    const wide = await renderOnto(gap, open, {textWidth: (text) => 30 * text.length});
    expect(wide.size[0]).toBeGreaterThan(narrow.size[0] + 40);
  });

  it.each([
    [{scale: 0}, /figures\.renderOnto: expected scale > 0, got 0/],
    [{width: 10}, /expected a width >= 120 pixels, got 10/],
    [{size: 3}, /figures\.renderOnto: expected options among width, theme, .*, got "size"/],
    [{background: 'white'}, /figures\.figureTheme: expected background among transparent, page, got "white"/],
  ])('refuses %j', async (options, says) => {
    await expect(renderOnto(gap, open, options as object)).rejects.toThrow(says);
  });
});
