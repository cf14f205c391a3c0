/** Labelled points of the plane from a reader's file. */
import {InputError, printable} from '@minefield/core';

export interface LabelledPoints {
  /** `[n, 2]` */
  readonly inputs: Float32Array;
  /** 0 or 1, `[n]` */
  readonly labels: Uint8Array;
}

/** Enough for a picture, and few enough that a loss takes milliseconds. */
const MOST_POINTS = 5000;

/**
 * Reads JSON (`[[x, y, label], …]`, `[{"x", "y", "label"}, …]` or `{"inputs": [[x, y], …], "labels": […]}`) or else CSV:
 * a line for each point with x, y and label, under a heading or none.
 *
 * @throws {InputError} naming the first point that is wrong
 */
export function readPoints(text: string): LabelledPoints {
  const rows = /^\s*[[{]/.test(text) ? rowsOfJson(text) : rowsOfCsv(text);
  if (rows.length < 2 || rows.length > MOST_POINTS)
    throw new InputError(`Expected 2 to ${MOST_POINTS.toLocaleString('en-US')} points, got ${rows.length}.`);
  const inputs = new Float32Array(2 * rows.length);
  const labels = new Uint8Array(rows.length);
  rows.forEach(({place, values: [x, y, label]}, i) => {
    if (![x, y].every((value) => Number.isFinite(Math.fround(value ?? Number.NaN))))
      throw new InputError(`${place}: expected numbers x and y.`);
    if (label !== 0 && label !== 1) throw new InputError(`${place}: expected a label 0 or 1.`);
    inputs.set([x ?? 0, y ?? 0], 2 * i);
    labels[i] = label;
  });
  return {inputs, labels};
}

interface Row {
  /** Where it stands, for errors. */
  readonly place: string;
  readonly values: readonly [x: number | undefined, y: number | undefined, label: number | undefined];
}

function rowsOfCsv(text: string): readonly Row[] {
  const lines = text.split(/\r?\n/).map((line, i) => ({place: `Line ${i + 1}`, cells: line.split(/[,;\t]/)}));
  const filled = lines.filter(({cells}) => cells.some((cell) => cell.trim() !== ''));
  const headings = filled[0]?.cells.map((cell) => cell.trim().replaceAll('"', '').toLowerCase()) ?? [];
  const named = headings.some((heading) => heading !== '' && Number.isNaN(Number(heading)));
  const places = named ? ['x', 'y', 'label'].map((name) => headings.indexOf(name)) : [0, 1, 2];
  if (places.includes(-1))
    throw new InputError(
      `Expected columns x, y and label, got ${printable(headings.slice(0, 6).join(', '), 100)}.`,
    );
  return filled.slice(named ? 1 : 0).map(({place, cells}) => {
    const [x, y, label] = places.map((at) => numberOf(cells[at]?.trim()));
    return {place, values: [x, y, label]};
  });
}

function rowsOfJson(text: string): readonly Row[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InputError(`This is no JSON: ${printable((error as Error).message, 200)}`, {cause: error});
  }
  const entries = isObject(value) && !Array.isArray(value) ? zipped(value) : value;
  if (!Array.isArray(entries))
    throw new InputError('Expected a list of points, or an object with inputs and labels.');
  return entries.map((entry: unknown, i) => {
    const place = `Point ${i + 1}`;
    if (Array.isArray(entry))
      return {place, values: [numberOf(entry[0]), numberOf(entry[1]), numberOf(entry[2])]};
    const {x, y, label} = isObject(entry) ? entry : {};
    return {place, values: [numberOf(x), numberOf(y), numberOf(label)]};
  });
}

function zipped({inputs, labels}: Readonly<Record<string, unknown>>): unknown {
  if (!Array.isArray(inputs) || !Array.isArray(labels)) return undefined;
  if (inputs.length !== labels.length)
    throw new InputError(`Expected as many labels as inputs, got ${labels.length} and ${inputs.length}.`);
  return inputs.map((point: unknown, i) => (Array.isArray(point) ? [point[0], point[1], labels[i]] : point));
}

/** undefined for what is neither a number nor the text of one. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
