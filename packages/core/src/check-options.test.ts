import {describe, expect, it} from 'vitest';
import {checkOptions, checkWord} from './check-options.ts';
import {InputError} from './input-error.ts';

interface Options {
  readonly tolerance?: number;
  readonly signal?: AbortSignal | undefined;
}

const check = (options: Options): void => checkOptions('a.b', options, {tolerance: true, signal: true});

describe('checkOptions', () => {
  it('lets known keys pass, whatever their values', () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({tolerance: Number.NaN, signal: undefined})).not.toThrow();
  });

  it('names a key that nobody reads, and the one that was meant', () => {
    const misspelt: object = {tolerence: 1};
    expect(() => check(misspelt)).toThrow(
      new InputError(
        'a.b: expected options among tolerance, signal, got "tolerence"; did you mean "tolerance"?',
      ),
    );
    const strange: object = {__proto__: null, constructor: 1};
    expect(() => check(strange)).toThrow(/got "constructor"; leave it out$/);
  });

  it.each([undefined, null, 7])('asks for an object where it gets %s', (options) => {
    expect(() => check(options as unknown as Options)).toThrow(
      `a.b: expected options, an object with tolerance, signal, got ${options}`,
    );
  });
});

describe('checkWord', () => {
  it('lets a known word pass and names another', () => {
    expect(() => checkWord<string>('a.b', 'a kind', 'loss', ['loss', 'excess'])).not.toThrow();
    expect(() => checkWord<string>('a.b', 'a kind', 'Loss', ['loss', 'excess'])).toThrow(
      new InputError('a.b: expected a kind among loss, excess, got "Loss"; did you mean "loss"?'),
    );
    expect(() => checkWord<string>('a.b', 'a kind', 'volume', ['loss', 'excess'])).toThrow(
      /got "volume"; use one of these$/,
    );
  });
});
