/** What an evaluator writes on its standard output in a whole conversation, and what can happen to it. */
import {type Draw, oneOf} from '../../../.ci/fuzz/draw.ts';
import {mutatedJson} from '../../../.ci/fuzz/mutate-json.ts';
import {PREFIX_BYTES} from '../src/frame.ts';

/** A frame before it is written: a header, which its damaged text may stand for, and lengths that need not be true. */
interface Written {
  readonly header: object;
  readonly text?: string;
  readonly payload: Uint8Array;
  readonly magic?: string;
  readonly announcedHeader?: number;
  readonly announcedPayload?: number;
}

/** Lengths, sound and otherwise. */
const LENGTHS = [
  0,
  1,
  2,
  7,
  8,
  16,
  2 ** 16 - 1,
  2 ** 16,
  2 ** 24,
  2 ** 24 + 1,
  2 ** 30,
  2 ** 30 + 1,
  2 ** 52,
];

const NOTHING = new Uint8Array(0);

/** What nobody has to say, as JSON: too deep, too long, too large, and with what would steer a terminal. */
const EXTREMES = [
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `"${'long '.repeat(20_000)}"`,
  `[${'"a note",'.repeat(5000)}"a note"]`,
  `[${'0,'.repeat(30_000)}1]`,
  JSON.stringify('\u001b[31m\n\u009b2J\u202eabc\ud800'),
  '"__proto__"',
  '1e999',
  '-1',
  '2147483648',
  '{"toString": 1}',
];

/** Where it may stand: in an answer, and within a slice of a hello's layout. */
const [ANSWER_KEYS, SLICE_KEYS] = [
  ['error', 'trace', 'id'],
  ['name', 'shape', 'role', 'filterAxis'],
];

const PLACE = '@@';

const LAYOUTS = {
  1: [{name: 'a', shape: [1], role: 'bias'}],
  2: [{name: 'a', shape: [2, 1], role: 'kernel', filterAxis: 0}],
  3: [
    {name: 'a', shape: [2, 1], role: 'kernel'},
    {name: 'b', shape: [1], role: 'shift'},
  ],
} as const;

/**
 * A conversation about `count` points: a hello, and answers to losses, losses along rays, a gradient, a Hessian-vector product and
 * predictions, in that order; mostly with damage.
 */
export function mutatedConversation(draw: Draw, count: number): Uint8Array {
  let frames = soundConversation(draw, count);
  if (draw(8) > 0)
    for (let changes = 1 + draw(2); changes > 0; changes--) frames = changedFrames(draw, frames);
  const bytes = joined(frames.map(bytesOf));
  return draw(4) === 0 ? damaged(draw, bytes) : bytes;
}

function soundConversation(draw: Draw, count: number): readonly Written[] {
  const dimension = oneOf(draw, [1, 2, 3] as const);
  const [batch, examples, classes] = [1 + draw(3), 1 + draw(4), 1 + draw(3)];
  const hello = {
    do: 'hello',
    name: 'a model',
    dimension,
    batch,
    can: ['losses-along', 'gradient', 'hessian-vector', 'predictions', 'examples', 'limit'],
    layout: LAYOUTS[dimension],
    examples,
    classes,
    notes: ['of three sentences'],
  };
  let id = 0;
  const answer = (bytes: number): Written => ({header: {id: ++id}, payload: random(draw, bytes)});
  const answers = (each: number): Written[] =>
    Array.from({length: Math.ceil(count / batch)}, (_, k) =>
      answer(each * Math.min(batch, count - k * batch)),
    );
  return [
    {header: hello, payload: finite(draw, dimension)},
    ...answers(8),
    ...answers(8),
    answer(4 * dimension),
    answer(4 * dimension),
    ...answers(4 * examples * classes),
  ];
}

function changedFrames(draw: Draw, frames: readonly Written[]): readonly Written[] {
  // The hello is as often as all answers together.
  const at = draw(2) === 0 ? 0 : draw(frames.length);
  const frame = frames[at];
  if (!frame) return frames;
  switch (draw(8)) {
    case 0:
      return frames.toSpliced(at, 1);
    case 1:
      return frames.toSpliced(at, 0, frame);
    case 2:
      return frames.toSpliced(draw(frames.length), 0, frame);
    default:
      return frames.with(at, changedFrame(draw, frame));
  }
}

function changedFrame(draw: Draw, frame: Written): Written {
  switch (draw(8)) {
    case 0:
      return {...frame, payload: random(draw, oneOf(draw, [0, 1, 4, 8, 16, 70_000]))};
    case 1:
      return {...frame, announcedPayload: oneOf(draw, LENGTHS)};
    case 2:
      return {...frame, announcedHeader: oneOf(draw, LENGTHS)};
    case 3:
      return {...frame, magic: oneOf(draw, ['MFE2', 'MFE0', 'mfe1', 'HTTP', '\u009b31m', '\n\n\n\n'])};
    case 4:
    case 5: {
      const said =
        draw(3) === 0 ? {cancelled: true} : {error: 'no such layer', trace: 'Traceback:\n  line 3\n'};
      const header = {...frame.header, ...said};
      const text = [
        JSON.stringify(header),
        mutatedJson(draw, header),
        withExtreme(draw, header, ANSWER_KEYS),
      ];
      return {header, text: oneOf(draw, text), payload: NOTHING};
    }
    case 6: {
      const {layout = []} = frame.header as {readonly layout?: readonly object[]};
      const slice = layout[0];
      const text = withExtreme(draw, frame.header, Object.keys(frame.header));
      if (slice === undefined || draw(2) === 0) return {...frame, text};
      const changed = JSON.stringify({...frame.header, layout: [PLACE, ...layout.slice(1)]});
      return {...frame, text: changed.replace(`"${PLACE}"`, () => withExtreme(draw, slice, SLICE_KEYS))};
    }
    default:
      return {...frame, text: mutatedJson(draw, frame.header)};
  }
}

/** As JSON, with one of the keys an extreme. */
function withExtreme(draw: Draw, value: object, keys: readonly string[]): string {
  const text = JSON.stringify({...value, [oneOf(draw, keys)]: PLACE});
  return text.replace(`"${PLACE}"`, () => oneOf(draw, EXTREMES));
}

/** Bytes turned, cut or put in between anywhere. */
function damaged(draw: Draw, bytes: Uint8Array): Uint8Array {
  const at = draw(bytes.length);
  switch (draw(4)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return joined([bytes.subarray(0, at), random(draw, 1 + draw(20)), bytes.subarray(at)]);
    case 2:
      return joined([bytes.subarray(0, at), Buffer.from('epoch 1: \u001b[31m0.5\n'), bytes.subarray(at)]);
    default:
      return bytes.with(at, draw(256));
  }
}

function bytesOf({
  header,
  text: asText = JSON.stringify(header),
  payload,
  magic = 'MFE1',
  announcedHeader,
  announcedPayload,
}: Written): Uint8Array {
  const text = Buffer.from(asText);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(magic, 0, 4, 'latin1');
  prefix.writeUInt32LE(announcedHeader === undefined ? text.length : announcedHeader % 2 ** 32, 4);
  prefix.writeBigUInt64LE(BigInt(announcedPayload ?? payload.length), 8);
  return joined([prefix, text, payload]);
}

/** Numbers of any kind, NaN among them. */
function random(draw: Draw, length: number): Uint8Array {
  return Uint8Array.from({length}, () => draw(256));
}

function finite(draw: Draw, length: number): Uint8Array {
  return new Uint8Array(Float32Array.from({length}, () => draw(1000) / 100).buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}
