/**
 * Convolutions in NHWC order and their gradients, as matrix products over receptive fields that are read where they lie:
 * in the image, or in a copy with its padding, a few images at a time. Nothing is unfolded.
 */
import {setEpilogue} from './epilogue';
import {
  dilationX, dilationY, fieldColumns, fieldLines, filterHeight, filterWidth, inChannels, inHeight, inWidth,
  outChannels, outHeight, outWidth, padLeft, padTop, strideX, strideY,
} from './geometry';
import {packColumns, panelWidth} from './pack';
import {copyRegion, regionPitch, regionSize, regionSpan, regionsOf, setRegion} from './regions';
import {columnsTimesPanel4, columnsTimesPanel8, setColumnWalk} from './tile-columns';
import {rowsTimesPanel4, rowsTimesPanel8, setDepthWalk, setRowWalk} from './tile-rows';

/** Floats of images that are worked on at a time, so that they stay in the second-level cache. */
const CHUNK_FLOATS: i32 = 1 << 16;
/** Pixels that a filter's gradient sums in one go, so that a panel of them stays in the first-level cache. */
const CHUNK_PIXELS: i32 = 1024;
/** A tile of six may read so far beyond the last pixel of a copy. */
const SLACK: i32 = 32;

/** Bytes of scratch that any of the three calls needs at most. */
export function convolutionScratch(): usize {
  const fields = fieldLines() * fieldColumns() * inChannels;
  // A phase of the input's gradient reads the output's gradient with a filter's border.
  const slopes = (outHeight + 2 * filterHeight) * (outWidth + 2 * filterWidth) * outChannels;
  const taps = filterHeight * filterWidth;
  const filters = max(taps * inChannels * roundUp(outChannels), taps * outChannels * roundUp(inChannels));
  const panel = max(CHUNK_PIXELS, outHeight * outWidth) * 8;
  const copies = max(max(CHUNK_FLOATS, slopes), fields * max(pixelChunk(), 1));
  return (<usize>copies + max(filters, panel) << 2) + SLACK;
}

/** x * filter + bias, clamped. */
export function convolve(
  images: i32, x: usize, filter: usize, bias: usize, low: f32, high: f32, out: usize, scratch: usize,
): void {
  const depth = filterHeight * filterWidth * inChannels;
  packColumns(filter, <usize>outChannels << 2, 4, depth, outChannels, scratch, 0, depth);
  setEpilogue(false, low, high);
  setRegion(inHeight, inWidth, inChannels, -padTop, -padLeft, fieldLines(), fieldColumns());
  setFieldWalk(inChannels, filterHeight, filterWidth, dilationY, dilationX);
  setOutputWalk(outHeight, outWidth, inChannels, strideY, strideX, outHeight, outWidth, outChannels, 1, 1);
  const image = <usize>inHeight * inWidth * inChannels << 2;
  const imageOut = <usize>outHeight * outWidth * outChannels << 2;
  const pixels = outHeight * outWidth;
  fieldsTimesPanels(images, x, image, scratch, depth, bias, out, imageOut, pixels, outChannels);
}

/**
 * Gradient by the input. Input pixels that lie alike between strides form a phase, which is a convolution of the output's
 * gradient with every stride-th tap of the filter, turned around.
 */
export function convolveBackInput(images: i32, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  // Phases without a tap.
  if (strideY > filterHeight || strideX > filterWidth) {
    memory.fill(dx, 0, <usize>images * inHeight * inWidth * inChannels << 2);
  }
  setEpilogue(false, -Infinity, Infinity);
  for (let y = 0; y < min(strideY, filterHeight); y++) {
    for (let x = 0; x < min(strideX, filterWidth); x++) backInputPhase(images, dy, filter, dx, scratch, y, x);
  }
}

function backInputPhase(
  images: i32, dy: usize, filter: usize, dx: usize, scratch: usize, phaseY: i32, phaseX: i32,
): void {
  const tapsY = (filterHeight - phaseY + strideY - 1) / strideY;
  const tapsX = (filterWidth - phaseX + strideX - 1) / strideX;
  // Input line = (output line + j) · stride + phase − padding for tap phase + j · stride: the first sum at or after line 0.
  const sumY = (padTop - phaseY + strideY - 1) / strideY;
  const sumX = (padLeft - phaseX + strideX - 1) / strideX;
  const startY = sumY * strideY + phaseY - padTop;
  const startX = sumX * strideX + phaseX - padLeft;
  const lines = (inHeight - startY + strideY - 1) / strideY;
  const columns = (inWidth - startX + strideX - 1) / strideX;
  if (lines <= 0 || columns <= 0) return;
  const depth = tapsY * tapsX * outChannels;
  const tap = <usize>inChannels * outChannels << 2;
  for (let y = 0; y < tapsY; y++) {
    for (let x = 0; x < tapsX; x++) {
      const from = (phaseY + strideY * (tapsY - 1 - y)) * filterWidth + phaseX + strideX * (tapsX - 1 - x);
      const row = (y * tapsX + x) * outChannels;
      packColumns(filter + from * tap, 4, <usize>outChannels << 2, outChannels, inChannels, scratch, row, depth);
    }
  }
  setRegion(outHeight, outWidth, outChannels, sumY - tapsY + 1, sumX - tapsX + 1, lines + tapsY - 1, columns + tapsX - 1);
  setFieldWalk(outChannels, tapsY, tapsX, 1, 1);
  setOutputWalk(lines, columns, outChannels, 1, 1, inHeight, inWidth, inChannels, strideY, strideX);
  const image = <usize>outHeight * outWidth * outChannels << 2;
  const imageOut = <usize>inHeight * inWidth * inChannels << 2;
  const out = dx + (<usize>(startY * inWidth + startX) * inChannels << 2);
  fieldsTimesPanels(images, dy, image, scratch, depth, 0, out, imageOut, lines * columns, inChannels);
}

/** Gradient by the filter, `[filterHeight, filterWidth, inChannels, outChannels]`: a sum over pixels and images in order. */
export function convolveBackFilter(images: i32, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const rows = filterWidth * inChannels;
  const pixels = outHeight * outWidth;
  setRegion(inHeight, inWidth, inChannels, -padTop, -padLeft, fieldLines(), fieldColumns());
  // A tile reads six values however few there are, so beyond the last pixel.
  if (rows < 6) copyRegion();
  const chunk = pixelChunk();
  const copies = scratch + (<usize>max(CHUNK_PIXELS, pixels) * 8 << 2);
  const pixel = <usize>inChannels << 2;
  const row = <usize>outChannels << 2;
  const pitch = regionPitch();
  const lineSkip = <usize>(strideY * pitch - outWidth * strideX) * pixel;
  const imageSkip = <usize>(regionSpan() - outHeight * strideY) * pitch * pixel;
  for (let first = 0; first < images; first += chunk) {
    const count = min(chunk, images - first);
    const a = regionsOf(x + <usize>first * inHeight * inWidth * pixel, count, copies);
    const slopes = dy + <usize>first * pixels * row;
    setEpilogue(first > 0, -Infinity, Infinity);
    setColumnWalk(count, outHeight, outWidth, <usize>strideX * pixel, lineSkip, imageSkip);
    for (let n = 0; n < outChannels; n += 8) {
      const rest = min(outChannels - n, 8);
      packColumns(slopes + (<usize>n << 2), row, 4, count * pixels, rest, scratch, 0, count * pixels);
      for (let y = 0; y < filterHeight; y++) {
        const line = a + <usize>y * pitch * pixel;
        const c = dw + <usize>y * rows * row + (<usize>n << 2);
        if (rest > 4) columnsTimesPanel8(line, 24, rows >= 6, scratch, 32, c, row, rows, rest, 0);
        else columnsTimesPanel4(line, 24, rows >= 6, scratch, 16, c, row, rows, rest, 0);
      }
    }
  }
}

function roundUp(count: i32): i32 {
  return (count + 7) & ~7;
}

/** Images that a filter's gradient sums in one go. */
function pixelChunk(): i32 {
  return max(CHUNK_PIXELS / (outHeight * outWidth), 1);
}

/** The order of k within a receptive field: lines, columns, channels. */
function setFieldWalk(channels: i32, taps: i32, tapsWide: i32, stepY: i32, stepX: i32): void {
  const pixel = <usize>channels << 2;
  const lineSkip = <usize>(stepY * regionPitch() - tapsWide * stepX) * pixel;
  // Without gaps between columns, a line is one stretch.
  if (stepX == 1) setDepthWalk(taps, 1, tapsWide * channels, lineSkip, 0);
  else setDepthWalk(taps, tapsWide, channels, lineSkip, <usize>(stepX - 1) * pixel);
}

/**
 * The order of rows: fields start at `lines` · `columns` points of the region, each `stepY` and `stepX` apart; results go
 * to every `outStepY`-th line and `outStepX`-th column of the output.
 */
function setOutputWalk(
  lines: i32, columns: i32, channels: i32, stepY: i32, stepX: i32,
  heightOut: i32, widthOut: i32, channelsOut: i32, outStepY: i32, outStepX: i32,
): void {
  const pixel = <usize>channels << 2;
  const pixelOut = <usize>channelsOut << 2;
  const pitch = regionPitch();
  const lineSkip = <usize>(stepY * pitch - columns * stepX) * pixel;
  const imageSkip = <usize>(regionSpan() - lines * stepY) * pitch * pixel;
  const lineSkipOut = <usize>(outStepY * widthOut - columns * outStepX) * pixelOut;
  const imageSkipOut = <usize>(heightOut - lines * outStepY) * widthOut * pixelOut;
  setRowWalk(
    columns, lines, <usize>stepX * pixel, lineSkip, imageSkip, <usize>outStepX * pixelOut, lineSkipOut, imageSkipOut,
  );
}

/** Products of all fields of all images with the panels in scratch, chunk by chunk; copies go behind the panels. */
function fieldsTimesPanels(
  images: i32, from: usize, image: usize, panels: usize, depth: i32, bias: usize,
  out: usize, imageOut: usize, fields: i32, channelsOut: i32,
): void {
  const copies = panels + (<usize>depth * roundUp(channelsOut) << 2);
  const chunk = max(CHUNK_FLOATS / regionSize(), 1);
  for (let first = 0; first < images; first += chunk) {
    const count = min(chunk, images - first);
    const a = regionsOf(from + <usize>first * image, count, copies);
    const c = out + <usize>first * imageOut;
    let panel = panels;
    for (let n = 0; n < channelsOut; n += 8) {
      const rest = channelsOut - n;
      const biasPart = bias == 0 ? 0 : bias + (<usize>n << 2);
      if (panelWidth(rest) == 8) {
        rowsTimesPanel8(a, panel, 32, c + (<usize>n << 2), count * fields, min(rest, 8), biasPart);
      } else {
        rowsTimesPanel4(a, panel, 16, c + (<usize>n << 2), count * fields, rest, biasPart);
      }
      panel += <usize>depth << 5;
    }
  }
}
