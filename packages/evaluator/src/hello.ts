import {type ParameterLayout, type ParameterSpec, parameterLayout} from '@minefield/core';
import {type Frame, MOST_PAYLOAD_BYTES} from './frame.ts';
import {float32From} from './numbers.ts';
import {refusal} from './refusal.ts';
import {shown} from './shown.ts';

/** What an evaluator may offer besides losses of points. */
const CAPABILITIES = [
  'losses-along',
  'gradient',
  'hessian-vector',
  'predictions',
  'examples',
  'limit',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** What an evaluator says of itself before it is asked anything. */
export interface Hello {
  readonly name: string;
  /** P. */
  readonly dimension: number;
  /** Its own point, `[P]`. */
  readonly anchor: Float32Array;
  readonly can: ReadonlySet<Capability>;
  readonly layout: ParameterLayout | undefined;
  /** How many points a request has at most. */
  readonly batch: number;
  /** How many examples the loss averages over; null where it has none. */
  readonly examples: number | null;
  /** Of predictions. */
  readonly classes: number | null;
  readonly notes: readonly string[];
}

/** What a wrong hello is put right by. */
const REMEDY = 'see docs/protocol.md of the package';

/** Longest name or note, most notes, and most axes of a slice. */
const [MOST_CHARACTERS, MOST_NOTES, MOST_AXES] = [1000, 20, 32];

/** Most examples or classes, and most points in a request. */
const [MOST, MOST_POINTS] = [2 ** 31 - 1, 2 ** 16];

/** @throws {InputError} where a frame of so many bytes is no hello */
export function admitHello(header: Frame['header'], payloadBytes: number): void {
  if (header['do'] !== 'hello') {
    throw refusal('a hello first', shown(header), REMEDY);
  }
  const dimension = countIn(header, 'dimension', MOST_PAYLOAD_BYTES / 4);
  if (payloadBytes !== 4 * dimension) {
    throw refusal(`a point of ${4 * dimension} bytes after the hello`, `${payloadBytes} bytes`, REMEDY);
  }
}

/** @throws {InputError} where the hello of an evaluator says something wrong, or too much */
export function readHello({header, payload}: Frame): Hello {
  const dimension = countIn(header, 'dimension', MOST_PAYLOAD_BYTES / 4);
  const anchor = float32From(payload);
  const index = anchor.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    throw refusal('a finite point in the hello', `${anchor[index]} at ${index}`, 'is the model diverged?');
  }
  const can = new Set(
    textsIn(header, 'can').flatMap((word) => CAPABILITIES.find((known) => known === word) ?? []),
  );
  const examples = countOrNullIn(header, 'examples');
  const classes = countOrNullIn(header, 'classes');
  for (const [capability, what, value] of [
    ['examples', 'examples', examples],
    ['predictions', 'examples', examples],
    ['predictions', 'classes', classes],
  ] as const) {
    if (can.has(capability) && value === null) {
      throw refusal(`a number of ${what} in a hello with "${capability}"`, 'none', REMEDY);
    }
  }
  return {
    name: textIn(header, 'name'),
    dimension,
    anchor,
    can,
    layout: layoutIn(header, dimension),
    batch: countIn(header, 'batch', MOST_POINTS),
    examples,
    classes,
    notes: textsIn(header, 'notes').slice(0, MOST_NOTES),
  };
}

function countIn(header: Frame['header'], key: string, most: number): number {
  const value = header[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw refusal(`"${key}" of a hello from 1 to ${most}`, shown(value), REMEDY);
}

function countOrNullIn(header: Frame['header'], key: string): number | null {
  return (header[key] ?? null) === null ? null : countIn(header, key, MOST);
}

function textIn(header: Frame['header'], key: string): string {
  const value = header[key];
  if (typeof value === 'string' && value.length > 0 && value.length <= MOST_CHARACTERS)
    return onOneLine(value);
  throw refusal(
    `"${key}" of a hello to be a text of at most ${MOST_CHARACTERS} characters`,
    shown(value),
    REMEDY,
  );
}

function textsIn(header: Frame['header'], key: string): string[] {
  const value = header[key] ?? [];
  if (
    Array.isArray(value) &&
    value.every((text): text is string => typeof text === 'string' && text.length <= MOST_CHARACTERS)
  ) {
    return value.map(onOneLine);
  }
  throw refusal(`"${key}" of a hello to be a list of texts`, shown(value), REMEDY);
}

/** @throws {InputError} also where the slices are no layout of so many parameters */
function layoutIn({layout}: Frame['header'], dimension: number): ParameterLayout | undefined {
  if (layout === undefined || layout === null) return undefined;
  if (!Array.isArray(layout) || !layout.every(isSpec)) {
    throw refusal(
      `"layout" of a hello to list {name, shape, role, filterAxis?}, with names of at most ${MOST_CHARACTERS} characters and ` +
        `shapes of at most ${MOST_AXES} axes`,
      shown(Array.isArray(layout) ? layout.find((slice) => !isSpec(slice)) : layout),
      REMEDY,
    );
  }
  const found = parameterLayout(
    layout.map(({name, shape, role, filterAxis}) => ({
      name: onOneLine(name),
      shape,
      role,
      ...(filterAxis !== undefined && {filterAxis}),
    })),
  );
  if (found.dimension === dimension) return found;
  throw refusal(`a layout of ${dimension} parameters in the hello`, `one of ${found.dimension}`, REMEDY);
}

/** Whether the types are right, and short enough to be quoted; `parameterLayout` judges the values. */
function isSpec(value: unknown): value is ParameterSpec {
  if (typeof value !== 'object' || value === null) return false;
  const {name, shape, role, filterAxis} = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    name.length <= MOST_CHARACTERS &&
    Array.isArray(shape) &&
    shape.length <= MOST_AXES &&
    shape.every((size) => typeof size === 'number') &&
    typeof role === 'string' &&
    /^[a-z]{1,20}$/.test(role) &&
    (filterAxis === undefined || typeof filterAxis === 'number')
  );
}

/** It is shown in a terminal. */
function onOneLine(text: string): string {
  return text.replaceAll(/\p{C}+/gu, ' ');
}
