/**
 * Parts of images `[height, width, channels]` that a convolution reads. A part inside its image is read where it lies; one
 * that reaches beyond is copied, with zeros around.
 */
let height: i32 = 0;
let width: i32 = 0;
let channels: i32 = 0;
let top: i32 = 0;
let left: i32 = 0;
let lines: i32 = 0;
let columns: i32 = 0;
let copied: bool = false;

/** The part of `linesHigh` by `columnsWide` pixels whose corner lies at (`topLine`, `leftColumn`), which may be negative. */
export function setRegion(
  imageHeight: i32, imageWidth: i32, imageChannels: i32, topLine: i32, leftColumn: i32, linesHigh: i32, columnsWide: i32,
): void {
  height = imageHeight;
  width = imageWidth;
  channels = imageChannels;
  top = topLine;
  left = leftColumn;
  lines = linesHigh;
  columns = columnsWide;
  copied = top < 0 || left < 0 || top + lines > height || left + columns > width;
}

/** Has the part copied even where it lies inside. */
export function copyRegion(): void {
  copied = true;
}

/** Pixels from one line of the part to the next. */
export function regionPitch(): i32 {
  return copied ? columns : width;
}

/** Lines from one image's part to the next's. */
export function regionSpan(): i32 {
  return copied ? lines : height;
}

/** Floats of a copy. */
export function regionSize(): i32 {
  return lines * columns * channels;
}

/** Where the part of the first image is to be found, those of all `images` images having been copied where they must. */
export function regionsOf(images: usize, count: i32, copies: usize): usize {
  const image = <usize>height * width * channels << 2;
  if (!copied) return images + (<usize>(top * width + left) * channels << 2);
  let to = copies;
  for (let i = 0; i < count; i++) {
    copyOne(images + <usize>i * image, to);
    to += <usize>regionSize() << 2;
  }
  return copies;
}

function copyOne(from: usize, to: usize): void {
  const pixel = <usize>channels << 2;
  const before = min(max(-left, 0), columns);
  const inside = max(min(columns, width - left) - before, 0);
  const leading = <usize>before * pixel;
  const middle = <usize>inside * pixel;
  const trailing = <usize>(columns - before - inside) * pixel;
  let line = from + (<usize>top * width + max(left, 0)) * pixel;
  for (let y = top; y < top + lines; y++) {
    if (y < 0 || y >= height) {
      memory.fill(to, 0, <usize>columns * pixel);
    } else {
      memory.fill(to, 0, leading);
      memory.copy(to + leading, line, middle);
      memory.fill(to + leading + middle, 0, trailing);
    }
    to += <usize>columns * pixel;
    line += <usize>width * pixel;
  }
}
