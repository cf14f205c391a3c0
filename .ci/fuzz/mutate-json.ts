/** What can happen to a JSON document: to its values, to its keys and to its characters. */
import {type Draw, oneOf} from './draw.ts';

/** JSON that no value of this language writes; a place for it is kept by a text of two marks and its number. */
const RAW = [
  '1e999',
  '-1e999',
  '-0',
  '0.1e-400',
  '123456789012345678901234567890',
  '1E4',
  '"\\ud800"',
  '"\\u0000"',
];
const MARK = '\u0001';
/** Taken out of the text again: what is before it is a key a second time. */
const TWICE = '\u0002';

const NUMBERS = [
  0,
  -1,
  1,
  0.5,
  -0.5,
  2,
  3,
  255,
  65_536,
  1e6,
  1e9,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  1e15,
  1e300,
  -1e300,
  5e-324,
  Number.MAX_VALUE,
];

/** Texts and keys. No lone backslash: once Node 24.21 has parsed `{"\\\\":1}`, it takes the key of `{"\\n":1}` for one, too. */
const WORDS = [
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  'name',
  'kind',
  'NaN',
  'Infinity',
  '../../etc/passwd',
  'ü',
  '\n',
  '\u001b[31mred\u001b[0m',
  '\u0000',
  '\u009b2J',
  '\u202eabc',
  '\ud800',
  '[0]',
  'a.b',
  '"',
  '$&',
  '<script>',
  'a'.repeat(64),
  '0'.repeat(64),
  'x'.repeat(1000),
];

/** Pieces of text, sound and otherwise. */
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0061',
  '\\ud800',
  ' ',
  '\n',
  '\u001b[2J',
  '\u0000',
  '\ufeff',
  'ü',
  '0',
  '-',
  'e',
  '1e999',
  'null',
  'true',
  'NaN',
  '""',
  '{}',
  '[]',
  '[[[[',
  '{"a":',
  '"__proto__":{},',
  '[null,null],',
  'undefined',
];

/** Characters of a document: as many as show what takes too long, and as few as do not take long anyway. */
const LONGEST = 2 ** 20;

/** One document: mostly the sound one with damage, now and then the sound one. */
export function mutatedJson(draw: Draw, sound: unknown): string {
  return mutated(draw, sound).slice(0, LONGEST);
}

function mutated(draw: Draw, sound: unknown): string {
  if (draw(25) === 0) return JSON.stringify(sound);
  if (draw(4) === 0) return damagedText(draw, JSON.stringify(sound));
  let value = sound;
  for (let changes = 1 + draw(draw(4) === 0 ? 8 : 2); changes > 0; changes--)
    value = changedWithin(draw, value, sound);
  return written(draw, value);
}

/** A text with a few places cut, doubled, turned or filled in. */
export function damagedText(draw: Draw, text: string): string {
  let result = text;
  for (let rounds = 1 + draw(3); rounds > 0; rounds--) {
    const place = draw(result.length + 1);
    const end = place + draw(40);
    switch (draw(6)) {
      case 0:
        result = result.slice(0, place);
        break;
      case 1:
        result = result.slice(0, place) + result.slice(end);
        break;
      case 2:
        result = result.slice(0, end) + result.slice(place);
        break;
      case 3:
        result =
          result.slice(0, place) +
          String.fromCharCode(draw(draw(2) === 0 ? 128 : 65_536)) +
          result.slice(place + 1);
        break;
      default:
        // One in a thousand many times over: what is quadratic shows in a long text only.
        result =
          result.slice(0, place) +
          oneOf(draw, PIECES).repeat(draw(1000) === 0 ? draw(30_000) : 1) +
          result.slice(place);
    }
  }
  return result;
}

function changedWithin(draw: Draw, value: unknown, whole: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0 || draw(5) === 0) return changedList(draw, value);
    const copy = [...(value as unknown[])];
    const at = draw(copy.length);
    copy[at] = changedWithin(draw, copy[at], whole);
    return copy;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (keys.length === 0 || draw(8) === 0) return changedKeys(draw, value, keys);
    const key = oneOf(draw, keys);
    return withKey(value, key, changedWithin(draw, (value as Record<string, unknown>)[key], whole));
  }
  return changedScalar(draw, value, whole);
}

function changedScalar(draw: Draw, value: unknown, whole: unknown): unknown {
  if (typeof value === 'number' && draw(2) === 0) {
    return oneOf(draw, [
      -value,
      value + 1,
      value - 1,
      value / 2,
      value * 1e6,
      Math.trunc(value),
      value + 1e-12,
      value * 1e300,
    ]);
  }
  if (typeof value === 'string' && draw(2) === 0) {
    const at = draw(value.length + 1);
    return oneOf(draw, [
      value.slice(0, at),
      value.slice(0, at) + oneOf(draw, WORDS) + value.slice(at),
      value.toUpperCase(),
      value.slice(0, at) + String.fromCharCode(draw(65_536)) + value.slice(at + 1),
      value + value,
    ]);
  }
  return strange(draw, whole);
}

/** A value that has no business where it comes to stand. */
function strange(draw: Draw, whole: unknown): unknown {
  switch (draw(10)) {
    case 0:
      return null;
    case 1:
      return draw(2) === 0;
    case 2:
    case 3:
      return oneOf(draw, NUMBERS);
    case 4:
      return oneOf(draw, WORDS);
    case 5:
      return oneOf(draw, [[], {}, [[]], [{}], {'': 0}, [null], [0, 0], ['']]);
    case 6:
      return `${MARK}${draw(RAW.length)}${MARK}`;
    case 7:
      // Deep, and seldom so deep that what calls itself does not come back.
      return `${MARK}${draw(2) === 0 ? '[' : '{'}${draw(200) === 0 ? 20_000 : 1 + draw(60)}${MARK}`;
    case 8:
      return 'long '.repeat(draw(100) === 0 ? 20_000 : 1 + draw(50));
    default:
      return partOf(draw, whole);
  }
}

function partOf(draw: Draw, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || draw(4) === 0) return value;
  const parts = Object.values(value);
  return parts.length === 0
    ? value
    : partOf(
        draw,
        oneOf(
          draw,
          parts.map((part) => [part] as const),
        )[0],
      );
}

function changedList(draw: Draw, list: readonly unknown[]): unknown[] {
  const at = draw(list.length + 1);
  switch (draw(6)) {
    case 0:
      return list.slice(0, at);
    case 1:
      return list.toSpliced(at, 1);
    case 2:
      return list.toSpliced(at, 0, strange(draw, list));
    case 3:
      return list.toReversed();
    case 4:
      return [...list, ...list];
    default: {
      const wanted = draw(300) === 0 ? 30_000 : draw(20);
      const item = list.length === 0 || draw(2) === 0 ? strange(draw, list) : list[draw(list.length)];
      const count = wanted > 20 ? Math.min(wanted, timesInDocument(item)) : wanted;
      // Numbers that rise, now and then: what must be distinct may be long.
      const rises = typeof item === 'number' && draw(2) === 0;
      return [...list, ...Array.from({length: count}, (_, i) => (rises ? item + i : item))];
    }
  }
}

/** How often it fits into a document: what lies beyond is cut off, and a long item so many times is more than a string can hold. */
function timesInDocument(item: unknown): number {
  return Math.ceil(LONGEST / (JSON.stringify(item) ?? '').length);
}

function changedKeys(draw: Draw, value: object, keys: readonly string[]): object {
  if (keys.length > 0 && draw(3) === 0) {
    const gone = oneOf(draw, keys);
    return Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone));
  }
  if (keys.length > 0 && draw(4) === 0)
    return withKey(value, `${oneOf(draw, keys)}${TWICE}`, strange(draw, value));
  if (draw(300) === 0) {
    return {...value, ...Object.fromEntries(Array.from({length: 20_000}, (_, i) => [`key${i}`, i]))};
  }
  if (draw(300) === 0) return withKey(value, 'k'.repeat(100_000), 0);
  return withKey(value, oneOf(draw, WORDS), strange(draw, value));
}

/** Not by an assignment, which would take `__proto__` for the prototype. */
function withKey(value: object, key: string, item: unknown): object {
  return Object.defineProperty({...value}, key, {
    value: item,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** On lines of its own each; where depth makes indents longer than a text can be, on one. */
function indented(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch (error) {
    if (error instanceof RangeError) return JSON.stringify(value);
    throw error;
  }
}

/** As text, with what stands for raw JSON put in. */
function written(draw: Draw, value: unknown): string {
  const text = draw(8) === 0 ? indented(value) : JSON.stringify(value);
  if (!text.includes('\\u000')) return text;
  return text
    .replaceAll('\\u0002', '')
    .replaceAll(/"\\u0001(\d+)\\u0001"/g, (_, which: string) => RAW[Number(which)] ?? '0')
    .replaceAll(/"\\u0001([[{])(\d{1,5})\\u0001"/g, (_, open: string, digits: string) => {
      const depth = Number(digits);
      return open === '['
        ? '['.repeat(depth) + ']'.repeat(depth)
        : `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;
    });
}
