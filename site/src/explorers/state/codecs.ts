/** How what a reader has set is written in an address, and read from one that anybody may have written. */

export interface Codec<T> {
  /** undefined for text that says nothing: the initial value then stays */
  readonly parse: (text: string) => T | undefined;
  readonly format: (value: T) => string;
}

/** One of a few words. */
export function wordCodec<Word extends string>(words: readonly Word[]): Codec<Word> {
  return {parse: (text) => words.find((word) => word === text), format: (word) => word};
}

/** A whole number of a range. */
export function wholeCodec(from: number, to: number): Codec<number> {
  return {
    parse: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= from && value <= to ? value : undefined;
    },
    format: String,
  };
}

/** A finite number of a range. @param digits significant digits that are kept; all where absent */
export function numberCodec(from: number, to: number, digits?: number): Codec<number> {
  return {
    parse: (text) => {
      const value = Number(text);
      return text.trim() !== '' && Number.isFinite(value) && value >= from && value <= to ? value : undefined;
    },
    format: (value) => String(digits === undefined ? value : Number(value.toPrecision(digits))),
  };
}

/** A place in a list of numbers; addresses have the number. */
export function listedCodec(values: readonly number[]): Codec<number> {
  return {
    parse: (text) => {
      const place = text === '' ? -1 : values.indexOf(Number(text));
      return place < 0 ? undefined : place;
    },
    format: (place) => String(values[place]),
  };
}

/** A place of a slider whose values are a function of it; addresses have the value. @param digits significant ones that are kept */
export function placeCodec(
  {from, to}: {readonly from: number; readonly to: number},
  placeOf: (value: number) => number,
  valueAt: (place: number) => number,
  digits: number,
): Codec<number> {
  const {parse, format} = numberCodec(from, to, digits);
  return {
    parse: (text) => {
      const value = parse(text);
      return value === undefined ? undefined : placeOf(value);
    },
    format: (place) => format(valueAt(place)),
  };
}
