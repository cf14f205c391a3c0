import {invalid} from './safetensors-error.ts';

/** As many texts of metadata as there are tensors at most by default; writers know a handful. */
const MOST_TEXTS = 65_536;
/** As many dimensions as NumPy and PyTorch know. */
const MOST_NUMBERS = 64;
const FIELDS: ReadonlySet<string> = new Set(['dtype', 'shape', 'data_offsets']);

/** An object or a list that is open where the scan is. */
interface Level {
  /** Those of an object so far; null for a list. */
  readonly keys: Set<string> | null;
  /** The last of them, which what is open one level deeper belongs to. */
  key: string;
  commas: number;
}

/**
 * Looks at a header's text in one pass, before anything is made of it: `JSON.parse` keeps the last of two equal keys,
 * follows any depth and makes as many objects as it is told to. Nothing is kept of the text but keys within the limits.
 * Whether the rest of it is JSON is for `JSON.parse` to say.
 *
 * @throws {SafetensorsError} at the first key too many or given twice, the first list too long or too deep
 */
export function scanHeader(text: string, maximumTensors: number): void {
  const open: Level[] = [];
  let literal = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const start = i++;
      while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
      literal = text.slice(start, i + 1);
    } else if (character === '{' || character === '[') {
      if (open.length === 3) throw invalid('at most 3 levels of JSON', 'more');
      open.push({keys: character === '{' ? new Set() : null, key: '', commas: 0});
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',') {
      countNumber(open.at(-1));
    } else if (character === ':') {
      // A literal is read once: after a second colon there is none.
      addKey(open, literal, maximumTensors);
      literal = '';
    }
  }
}

/** @throws {SafetensorsError} where the text is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid('a header of JSON', error instanceof Error ? error.message : String(error));
  }
}

function countNumber(level: Level | undefined): void {
  if (level?.keys === null && ++level.commas >= MOST_NUMBERS) {
    throw invalid(`at most ${MOST_NUMBERS} numbers in a list`, 'more');
  }
}

function addKey(open: readonly Level[], literal: string, maximumTensors: number): void {
  const level = open.at(-1);
  if (literal === '' || !level?.keys) throw invalid('a header of JSON', '":" without a key');
  const key = String(parseJson(literal));
  const {keys} = level;
  if (keys.has(key)) throw invalid('every key once', `${JSON.stringify(key)} twice`);
  keys.add(key);
  level.key = key;
  const parent = open.at(-2)?.key;
  if (parent === undefined) {
    const tensors = keys.size - Number(keys.has('__metadata__'));
    if (tensors > maximumTensors) throw invalid(`at most ${maximumTensors} tensors`, 'more');
  } else if (open.length === 2 && parent === '__metadata__') {
    if (keys.size > MOST_TEXTS) throw invalid(`at most ${MOST_TEXTS} texts of "__metadata__"`, 'more');
  } else if (!FIELDS.has(key)) {
    throw invalid(`dtype, shape and data_offsets in "${parent}"`, JSON.stringify(key));
  }
}
