import {InvalidArgumentError} from 'commander';

/** Parses a whole number in a range. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

export function finiteNumber(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InvalidArgumentError('Expected a number.');
}

export function positiveNumber(text: string): number {
  const value = finiteNumber(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('Expected a number above 0.');
}

export function nonNegativeNumber(text: string): number {
  const value = finiteNumber(text);
  if (value >= 0) return value;
  throw new InvalidArgumentError('Expected a number of at least 0.');
}

/** Two numbers with a comma between them. */
export function pairOfNumbers(text: string): [number, number] {
  const [first = '', second = '', ...rest] = text.split(',');
  if (rest.length === 0 && second !== '') return [finiteNumber(first), finiteNumber(second)];
  throw new InvalidArgumentError('Expected two numbers with a comma between them.');
}

/** As experiments name the folders of their records. */
export function folderName(text: string): string {
  if (!/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(text)) {
    throw new InvalidArgumentError('Expected lower-case letters, digits and single hyphens, up to 64.');
  }
  return text;
}
