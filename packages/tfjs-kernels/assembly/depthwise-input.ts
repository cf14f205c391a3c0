/** The gradient of a depthwise convolution by its input. */
import {
  dilationX, dilationY, filterHeight, filterWidth, inChannels, inHeight, inWidth,
  outChannels, outHeight, outWidth, padLeft, padTop, strideX, strideY,
} from './geometry';
import {regionPitch, regionsOf, setRegion} from './regions';
import {loadPart, multiplyAdd, storePart} from './vectors';
import {addNeighbours, wideBytes} from './wide';

/** A tap takes two numbers in the table of a phase: where its slopes lie from the pixel's, and where its weights lie. */
const TAP_BYTES: usize = 8;

/** Bytes of scratch that the call needs at most. */
export function depthwiseInputScratch(): usize {
  return tableBytes() + wideBytes() + (<usize>(slopeLines() * slopeColumns()) * outChannels << 2);
}

/**
 * Gradient by the input: for each pixel, the slopes that its taps lead to, times their weights. Pixels that lie alike between
 * strides form a phase, and have the same taps.
 */
export function depthwiseBackInput(images: i32, dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const multiplier = outChannels / inChannels;
  const wide = scratch + tableBytes();
  const copies = wide + wideBytes();
  setRegion(outHeight, outWidth, outChannels, firstSlopeLine(), firstSlopeColumn(), slopeLines(), slopeColumns());
  for (; images > 0; images--) {
    const slopes = regionsOf(dy, 1, copies);
    const to = multiplier == 1 ? dx : wide;
    for (let y = 0; y < strideY; y++) {
      for (let x = 0; x < strideX; x++) backInputPhase(slopes, filter, to, scratch, y, x);
    }
    if (multiplier > 1) addNeighbours(wide, inHeight * inWidth * inChannels, multiplier, dx);
    dy += <usize>outHeight * outWidth * outChannels << 2;
    dx += <usize>inHeight * inWidth * inChannels << 2;
  }
}

function backInputPhase(slopes: usize, filter: usize, dx: usize, table: usize, phaseY: i32, phaseX: i32): void {
  const pixel = <usize>outChannels << 2;
  const pitch = regionPitch();
  let end = table;
  for (let ky = 0; ky < filterHeight; ky++) {
    // Input line = output line · stride + ky · dilation − padding.
    const y = phaseY + padTop - ky * dilationY;
    if (y % strideY != 0) continue;
    const line = (y / strideY - firstSlopeLine()) * pitch - firstSlopeColumn();
    for (let kx = 0; kx < filterWidth; kx++) {
      const x = phaseX + padLeft - kx * dilationX;
      if (x % strideX != 0) continue;
      store<usize>(end, <usize>(line + x / strideX) * pixel);
      store<usize>(end, <usize>(ky * filterWidth + kx) * pixel, 4);
      end += TAP_BYTES;
    }
  }
  const step = <usize>strideX * pixel;
  for (let y = phaseY; y < inHeight; y += strideY) {
    let from = slopes;
    let to = dx + <usize>(y * inWidth + phaseX) * pixel;
    let count = (inWidth - phaseX + strideX - 1) / strideX;
    for (; count >= 4; count -= 4) {
      backInputPixels(true, from, filter, table, end, to, step);
      from += 4 * pixel;
      to += 4 * step;
    }
    for (; count > 0; count--) {
      backInputPixels(false, from, filter, table, end, to, step);
      from += pixel;
      to += step;
    }
    slopes += <usize>pitch * pixel;
  }
}

/** One pixel, or four that are `step` bytes apart. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function backInputPixels(
  four: bool, slopes: usize, filter: usize, table: usize, end: usize, to: usize, step: usize,
): void {
  let rest = outChannels;
  for (; rest >= 8; rest -= 8) {
    sumTaps(four, true, 8, slopes, filter, table, end, to, step);
    slopes += 32;
    filter += 32;
    to += 32;
  }
  for (; rest > 0; rest -= 4) {
    sumTaps(four, false, rest, slopes, filter, table, end, to, step);
    slopes += 16;
    filter += 16;
    to += 16;
  }
}

/** Eight channels, or `rest` of at most four. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function sumTaps(
  four: bool, eight: bool, rest: i32, slopes: usize, filter: usize, table: usize, end: usize, to: usize, step: usize,
): void {
  const pixel = <usize>outChannels << 2;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  for (; table < end; table += TAP_BYTES) {
    const at = slopes + load<usize>(table);
    const weights = filter + load<usize>(table, 4);
    const a = loadPart(weights, rest);
    a0 = multiplyAdd(loadPart(at, rest), a, a0);
    if (four) {
      a1 = multiplyAdd(loadPart(at + pixel, rest), a, a1);
      a2 = multiplyAdd(loadPart(at + 2 * pixel, rest), a, a2);
      a3 = multiplyAdd(loadPart(at + 3 * pixel, rest), a, a3);
    }
    if (eight) {
      const b = v128.load(weights, 16);
      b0 = multiplyAdd(v128.load(at, 16), b, b0);
      if (four) {
        b1 = multiplyAdd(v128.load(at + pixel, 16), b, b1);
        b2 = multiplyAdd(v128.load(at + 2 * pixel, 16), b, b2);
        b3 = multiplyAdd(v128.load(at + 3 * pixel, 16), b, b3);
      }
    }
  }
  storePart(to, a0, rest);
  if (four) {
    storePart(to + step, a1, rest);
    storePart(to + 2 * step, a2, rest);
    storePart(to + 3 * step, a3, rest);
  }
  if (eight) {
    v128.store(to, b0, 16);
    if (four) {
      v128.store(to + step, b1, 16);
      v128.store(to + 2 * step, b2, 16);
      v128.store(to + 3 * step, b3, 16);
    }
  }
}

/** The first line of slopes that any pixel's taps lead to; it may lie above the image. */
function firstSlopeLine(): i32 {
  return floorDivide(padTop - (filterHeight - 1) * dilationY, strideY);
}

function firstSlopeColumn(): i32 {
  return floorDivide(padLeft - (filterWidth - 1) * dilationX, strideX);
}

/** Lines of slopes that the taps of all pixels together lead to. */
function slopeLines(): i32 {
  return (inHeight - 1 + padTop) / strideY - firstSlopeLine() + 1;
}

function slopeColumns(): i32 {
  return (inWidth - 1 + padLeft) / strideX - firstSlopeColumn() + 1;
}

function floorDivide(a: i32, b: i32): i32 {
  return a >= 0 ? a / b : -((b - 1 - a) / b);
}

function tableBytes(): usize {
  return <usize>filterHeight * filterWidth * TAP_BYTES;
}
