import {beginsLikeWebPage} from '../web-page.ts';
import {type ByteSource, invalidFile, readBytes} from './byte-source.ts';

/** Bytes before the first element of a MATLAB 5 file. */
export const MAT_HEADER_BYTES = 128;

const HDF5_SIGNATURE = '\x89HDF\r\n\x1a\n';
/** MATLAB 7.3 puts its own header before that of HDF5. */
const HDF5_OFFSETS = [0, 512];

/**
 * Reads the header of a MATLAB 5 file: 116 bytes of text, 8 that point to a subsystem's data, the version 0x0100, and
 * "MI" as a 16-bit number in the byte order of the file (MAT-File Format, The MathWorks, "Level 5").
 *
 * @returns whether the file is little-endian
 * @throws {InputError} saying what the file is instead, where that can be told
 */
export async function readMatHeader(source: ByteSource): Promise<boolean> {
  const bytes = await readBytes(source, 0, Math.min(520, source.size));
  const text = String.fromCharCode(...bytes);
  const stranger = strangerOf(bytes, text);
  if (stranger !== undefined) throw invalidFile(source, 'a MATLAB 5 file', ...stranger);
  if (source.size < MAT_HEADER_BYTES) {
    throw invalidFile(source, `${MAT_HEADER_BYTES} bytes of header`, `${source.size} bytes in all`);
  }
  const mark = text.slice(126, 128);
  const littleEndian = mark === 'IM';
  const version = new DataView(bytes.buffer).getUint16(124, littleEndian);
  if ((!littleEndian && mark !== 'MI') || version !== 0x0100) {
    throw invalidFile(
      source,
      'a MATLAB 5 file',
      `bytes that begin with ${JSON.stringify(text.slice(0, 20))}`,
    );
  }
  return littleEndian;
}

/** What a file is that is no MATLAB 5 file, with the remedy; undefined where it is not known. */
function strangerOf(bytes: Uint8Array, text: string): [got: string, remedy?: string] | undefined {
  if (bytes.length === 0) return ['an empty file', 'fetch it again (minefield data fetch svhn)'];
  if (beginsLikeWebPage(text)) {
    return [
      'a web page',
      'its address no longer leads to the data; fetch it again (minefield data fetch svhn)',
    ];
  }
  if (text.startsWith('MATLAB 7.3') || HDF5_OFFSETS.some((at) => text.startsWith(HDF5_SIGNATURE, at))) {
    return ['HDF5, which MATLAB writes with -v7.3', 'save it with -v7 instead'];
  }
  if (isMatlab4(bytes)) return ['a MATLAB 4 file', 'save it with -v7 instead'];
  return undefined;
}

/** A version 4 file has no header: it begins with type, rows, columns, imaginary flag and name length of a matrix. */
function isMatlab4(bytes: Uint8Array): boolean {
  if (bytes.length < 20) return false;
  const view = new DataView(bytes.buffer);
  return [true, false].some((littleEndian) => {
    const type = view.getInt32(0, littleEndian);
    const imaginary = view.getInt32(12, littleEndian);
    const nameLength = view.getInt32(16, littleEndian);
    return (
      type >= 0 && type <= 4052 && (imaginary === 0 || imaginary === 1) && nameLength > 0 && nameLength < 256
    );
  });
}
