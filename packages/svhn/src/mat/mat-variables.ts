import {type ByteSource, invalidFile, readBytes} from './byte-source.ts';
import {TAG_BYTES, dataTypes} from './mat-format.ts';
import {MAT_HEADER_BYTES, readMatHeader} from './mat-header.ts';
import {type MatElement, type MatrixHead, openMatrix, parseTag} from './mat-matrix.ts';

/** An array of a file: what it is and where it lies. */
export interface MatVariable extends MatrixHead {
  readonly element: MatElement;
}

/** Arrays that a file may have: each costs a look into it. */
const MOST_ELEMENTS = 100;

/**
 * Lists the arrays of a MATLAB 5 file. Their data are skipped, compressed or not; that they are all there is checked.
 *
 * @param wholeBytes what the file has when it is whole, where that is known, for the message that it was cut short
 * @throws {InputError} where the file is of another kind, is cut short or damaged
 */
export async function listMatVariables(source: ByteSource, wholeBytes?: number): Promise<MatVariable[]> {
  const littleEndian = await readMatHeader(source);
  const variables: MatVariable[] = [];
  let position = MAT_HEADER_BYTES;
  for (let count = 0; position < source.size; count++) {
    if (count === MOST_ELEMENTS) throw invalidFile(source, `at most ${MOST_ELEMENTS} arrays`, 'more');
    const element = await elementAt(source, position, littleEndian, wholeBytes);
    const matrix = await openMatrix(source, element);
    await matrix.close();
    if (matrix.head !== null) variables.push({...matrix.head, element});
    position = element.end;
  }
  return variables;
}

/** The element whose tag is at `position`. @throws {InputError} where it does not end within the file */
async function elementAt(
  source: ByteSource,
  position: number,
  littleEndian: boolean,
  wholeBytes: number | undefined,
): Promise<MatElement> {
  const begin = position + TAG_BYTES;
  if (begin > source.size) throw cutShort(source, begin, wholeBytes);
  const {type, length, small} = parseTag(await readBytes(source, position, begin), littleEndian);
  if ((type !== dataTypes.matrix && type !== dataTypes.compressed) || small !== null) {
    throw invalidFile(source, `an array at byte ${position}`, `an element of type ${type}`);
  }
  const end = begin + length;
  if (end > source.size) throw cutShort(source, end, wholeBytes);
  return {begin, end, compressed: type === dataTypes.compressed, littleEndian};
}

function cutShort(source: ByteSource, least: number, whole: number | undefined): RangeError {
  const wanted = whole === undefined ? `at least ${grouped(least)} bytes` : `${grouped(whole)} bytes`;
  const remedy = 'it was cut short; fetch it again (minefield data fetch svhn)';
  return invalidFile(source, wanted, grouped(source.size), remedy);
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
