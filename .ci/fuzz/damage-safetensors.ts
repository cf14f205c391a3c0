/** What can happen to a safetensors file: to its header's text and length, and to its bytes. */
import type {Draw} from './draw.ts';

/** Pieces of headers, sound and otherwise. */
// prettier-ignore
const PIECES = [
  '{', '}', '[', ']', ',', ':', '"', '\\', '\\u0061', '\\ud800', ' ', '\n', '0', '-1', '1e9', '9007199254740993', '1e999',
  'null', 'true', '""', '"a"', '"dtype"', '"shape"', '"data_offsets"', '"__metadata__"', '"__proto__"', '"F32"', '"F31"',
  '"I64"', '"U8"', '"I16"', '"U32"', '[:]', '{:}', '"a":', '"b":{}', '[0,8]', '[0,0]', '[2]', 'ü', '\u0000', '\ufeff', '{"dtype":"F32","shape":[2],"data_offsets":[0,8]}',
];

/** A file with damage, or now and then as it was. */
export function damagedSafetensors(draw: Draw, sound: Uint8Array): Uint8Array {
  if (draw(20) === 0) return sound;
  const length = Number(new DataView(sound.buffer, sound.byteOffset, 8).getBigUint64(0, true));
  const data = sound.subarray(8 + length);
  switch (draw(4)) {
    case 0:
      return flipped(sound, draw);
    case 1:
      return assembled(inventedHeader(draw), data, draw);
    default:
      return assembled(
        damagedText(new TextDecoder().decode(sound.subarray(8, 8 + length)), draw),
        data,
        draw,
      );
  }
}

function flipped(bytes: Uint8Array, draw: Draw): Uint8Array {
  const result = Uint8Array.from(bytes);
  for (let count = 1 + draw(8); count > 0; count--) {
    const at = draw(draw(2) === 0 ? result.length : Math.min(result.length, 300));
    result[at] = draw(2) === 0 ? draw(256) : (result[at] ?? 0) ^ (1 << draw(8));
  }
  return draw(4) === 0 ? result.subarray(0, draw(result.length)) : result;
}

function inventedHeader(draw: Draw): string {
  let text = '{';
  for (let count = draw(30); count > 0; count--) text += piece(draw);
  return text;
}

function damagedText(text: string, draw: Draw): string {
  let result = text;
  for (let rounds = 1 + draw(3); rounds > 0; rounds--) {
    const [begin, at] = [draw(result.length), draw(result.length)];
    const end = begin + draw(60);
    const inserted = draw(3) === 0 ? result.slice(begin, end) : piece(draw);
    const removed = draw(2) === 0 ? 0 : draw(30);
    result = result.slice(0, at) + inserted + result.slice(at + removed);
  }
  return result;
}

/** One in a thousand many times over: what is quadratic shows in a long header only. */
function piece(draw: Draw): string {
  const one =
    (PIECES[draw(PIECES.length)] ?? '') + (draw(4) === 0 ? (PIECES[draw(PIECES.length)] ?? '') : '');
  return one.repeat(draw(1000) === 0 ? 1 + draw(30_000) : 1);
}

function assembled(header: string, data: Uint8Array, draw: Draw): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  const lie = draw(20) === 0 ? draw(9) - 4 : 0;
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(text.length + lie)), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
