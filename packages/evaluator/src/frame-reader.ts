import {type Frame, MAGIC, MOST_HEADER_BYTES, MOST_PAYLOAD_BYTES, PREFIX_BYTES} from './frame.ts';
import {refusal} from './refusal.ts';
import {shownBytes} from './shown.ts';

/** Deepest nesting of a header: a layout in a hello lists slices with shapes, and later versions may say more. */
const DEEPEST = 8;

/** Bytes that are taken at once for what was announced; more are as they come. */
const FIRST_BYTES: number = 2 ** 16;

/**
 * Puts frames together from pieces of a stream. Lengths are judged as soon as they are announced, and memory grows with what has
 * come: who announces a gigabyte and sends none of it costs nothing.
 */
export class FrameReader {
  readonly #admit: (header: Frame['header'], payloadBytes: number) => void;
  readonly #deliver: (frame: Frame) => void;
  #header: Frame['header'] | undefined;
  /** What is being filled: prefix, then header, then payload. */
  #part: 'prefix' | 'header' | 'payload' = 'prefix';
  #length = PREFIX_BYTES;
  /** Its beginning, and room for more. */
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(PREFIX_BYTES);
  #filled = 0;
  #payloadBytes = 0;

  /**
   * @param admit throws where a frame with such a header, or with so long a payload, must not come now
   * @param deliver receives each whole frame
   */
  constructor(
    admit: (header: Frame['header'], payloadBytes: number) => void,
    deliver: (frame: Frame) => void,
  ) {
    this.#admit = admit;
    this.#deliver = deliver;
  }

  /** @throws {InputError} at bytes that are no frame, at lengths beyond the limits, and what `admit` throws */
  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.subarray(from, from + this.#length - this.#filled);
      this.#makeRoom(this.#filled + taken.length);
      this.#bytes.set(taken, this.#filled);
      this.#filled += taken.length;
      if (this.#part === 'prefix') this.#checkMagic(chunk, from);
      from += taken.length;
      // A payload may be empty, and is then whole without another byte.
      while (this.#filled === this.#length) this.#next();
    }
  }

  #next(): void {
    const bytes = this.#bytes;
    if (this.#part === 'prefix') {
      const view = new DataView(bytes.buffer);
      const headerBytes = view.getUint32(4, true);
      this.#payloadBytes = Number(view.getBigUint64(8, true));
      checkLength('a header', headerBytes, MOST_HEADER_BYTES);
      checkLength('a payload', this.#payloadBytes, MOST_PAYLOAD_BYTES);
      this.#expect('header', headerBytes);
    } else if (this.#part === 'header') {
      this.#header = parseHeader(bytes);
      this.#admit(this.#header, this.#payloadBytes);
      this.#expect('payload', this.#payloadBytes);
    } else {
      const header = this.#header ?? {};
      this.#expect('prefix', PREFIX_BYTES);
      this.#deliver({header, payload: bytes});
    }
  }

  #expect(part: 'prefix' | 'header' | 'payload', length: number): void {
    this.#part = part;
    this.#length = length;
    this.#bytes = new Uint8Array(Math.min(length, FIRST_BYTES));
    this.#filled = 0;
  }

  /** What is whole fills its buffer. */
  #makeRoom(needed: number): void {
    if (needed <= this.#bytes.length) return;
    const room = Math.min(this.#length, Math.max(needed, 2 * this.#bytes.length));
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(room));
  }

  #checkMagic(chunk: Uint8Array, from: number): void {
    const begun = Buffer.from(this.#bytes.subarray(0, Math.min(this.#filled, MAGIC.length))).toString(
      'latin1',
    );
    if (MAGIC.startsWith(begun)) return;
    const [got, remedy] = /^MFE\d/.test(begun)
      ? [`one of version ${begun.slice(3)}`, 'print a helper of this version with minefield evaluator']
      : [
          shownBytes(chunk.subarray(from)),
          'standard output is for the protocol alone: import minefield_evaluator before anything prints',
        ];
    throw refusal(`a frame of version ${MAGIC.slice(3)} on the evaluator’s standard output`, got, remedy);
  }
}

function parseHeader(bytes: Uint8Array): Frame['header'] {
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof header === 'object' && header !== null && !Array.isArray(header) && isWithin(DEEPEST, header))
      return {...header};
  } catch {
    // Said below.
  }
  throw refusal(
    `a JSON object, nested at most ${DEEPEST} deep, as the header of a frame`,
    shownBytes(bytes),
    'see docs/protocol.md of the package',
  );
}

function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isWithin(levels - 1, item));
}

function checkLength(what: string, length: number, most: number): void {
  if (length <= most) return;
  throw refusal(
    `${what} of at most ${most} bytes`,
    `${length}`,
    'the evaluator does not keep to the protocol',
  );
}
