import {type Frame, MAGIC, MOST_HEADER_BYTES, MOST_PAYLOAD_BYTES, PREFIX_BYTES} from './frame.ts';
import {refusal} from './refusal.ts';

/** How much of what is no frame an error quotes. */
const QUOTED = 80;

/**
 * Puts frames together from pieces of a stream. Lengths are judged as soon as they are announced, and memory for a payload is
 * taken only then.
 */
export class FrameReader {
  readonly #admit: (header: Frame['header'], payloadBytes: number) => void;
  readonly #deliver: (frame: Frame) => void;
  #header: Frame['header'] | undefined;
  /** What is being filled: prefix, then header, then payload. */
  #part: 'prefix' | 'header' | 'payload' = 'prefix';
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
      const taken = chunk.subarray(from, from + this.#bytes.length - this.#filled);
      this.#bytes.set(taken, this.#filled);
      this.#filled += taken.length;
      if (this.#part === 'prefix') this.#checkMagic(chunk, from);
      from += taken.length;
      // A payload may be empty, and is then whole without another byte.
      while (this.#filled === this.#bytes.length) this.#next();
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
    this.#bytes = new Uint8Array(length);
    this.#filled = 0;
  }

  #checkMagic(chunk: Uint8Array, from: number): void {
    const begun = Buffer.from(this.#bytes.subarray(0, Math.min(this.#filled, MAGIC.length))).toString(
      'latin1',
    );
    if (MAGIC.startsWith(begun)) return;
    const [got, remedy] = /^MFE\d/.test(begun)
      ? [`one of version ${begun.slice(3)}`, 'print a helper of this version with minefield evaluator']
      : [
          JSON.stringify(Buffer.from(chunk.subarray(from, from + QUOTED)).toString('utf8')),
          'standard output is for the protocol alone: import minefield_evaluator before anything prints',
        ];
    throw refusal(`a frame of version ${MAGIC.slice(3)} on the evaluator’s standard output`, got, remedy);
  }
}

function parseHeader(bytes: Uint8Array): Frame['header'] {
  try {
    const header: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return {...header};
  } catch {
    // Said below.
  }
  const got = JSON.stringify(Buffer.from(bytes.subarray(0, QUOTED)).toString('utf8'));
  throw refusal('a JSON object as the header of a frame', got, 'see docs/protocol.md of the package');
}

function checkLength(what: string, length: number, most: number): void {
  if (length <= most) return;
  throw refusal(
    `${what} of at most ${most} bytes`,
    `${length}`,
    'the evaluator does not keep to the protocol',
  );
}
