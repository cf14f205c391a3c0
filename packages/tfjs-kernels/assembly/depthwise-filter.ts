/** The gradient of a depthwise convolution by its filter. */
import {
  dilationX, dilationY, fieldColumns, fieldLines, filterHeight, filterWidth, inChannels, inHeight, inWidth,
  outChannels, outHeight, outWidth, padLeft, padTop, strideX, strideY,
} from './geometry';
import {regionPitch, regionsOf, setRegion} from './regions';
import {loadPart, multiplyAdd, storePart} from './vectors';
import {spread, wideBytes} from './wide';

/** Bytes of scratch that the call needs at most. */
export function depthwiseFilterScratch(): usize {
  return wideBytes() + (<usize>(fieldLines() * fieldColumns()) * outChannels << 2);
}

/** Gradient by the filter, `[filterHeight, filterWidth, inChannels, multiplier]`: sums over lines, and of these in order. */
export function depthwiseBackFilter(images: i32, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const multiplier = outChannels / inChannels;
  const pixel = <usize>outChannels << 2;
  const copies = scratch + wideBytes();
  setRegion(inHeight, inWidth, outChannels, -padTop, -padLeft, fieldLines(), fieldColumns());
  const line = <usize>regionPitch() * pixel;
  const tap = <usize>dilationX * pixel;
  memory.fill(dw, 0, <usize>filterHeight * filterWidth * pixel);
  for (; images > 0; images--) {
    if (multiplier > 1) spread(x, inHeight * inWidth * inChannels, multiplier, scratch);
    let lines = regionsOf(multiplier == 1 ? x : scratch, 1, copies);
    for (let y = 0; y < outHeight; y++) {
      let weights = dw;
      for (let ky = 0; ky < filterHeight; ky++) {
        let at = lines + <usize>(ky * dilationY) * line;
        let taps = filterWidth;
        for (; taps >= 3; taps -= 3) {
          addLine(true, at, tap, dy, weights);
          at += 3 * tap;
          weights += 3 * pixel;
        }
        for (; taps > 0; taps--) {
          addLine(false, at, tap, dy, weights);
          at += tap;
          weights += pixel;
        }
      }
      lines += <usize>strideY * line;
      dy += <usize>outWidth * pixel;
    }
    x += <usize>inHeight * inWidth * inChannels << 2;
  }
}

/** Adds what one line of slopes gives to one weight of each channel, or to three. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function addLine(three: bool, x: usize, tap: usize, dy: usize, weights: usize): void {
  let rest = outChannels;
  for (; rest >= 8; rest -= 8) {
    sumLine(three, true, 8, x, tap, dy, weights);
    x += 32;
    dy += 32;
    weights += 32;
  }
  for (; rest > 0; rest -= 4) {
    sumLine(three, false, rest, x, tap, dy, weights);
    x += 16;
    dy += 16;
    weights += 16;
  }
}

/** Eight channels, or `rest` of at most four. */
// @ts-expect-error: decorator of AssemblyScript
@inline
function sumLine(three: bool, eight: bool, rest: i32, x: usize, tap: usize, dy: usize, weights: usize): void {
  const pixel = <usize>outChannels << 2;
  const step = <usize>strideX * pixel;
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  for (let count = outWidth; count > 0; count--) {
    const a = loadPart(dy, rest);
    a0 = multiplyAdd(loadPart(x, rest), a, a0);
    if (three) {
      a1 = multiplyAdd(loadPart(x + tap, rest), a, a1);
      a2 = multiplyAdd(loadPart(x + 2 * tap, rest), a, a2);
    }
    if (eight) {
      const b = v128.load(dy, 16);
      b0 = multiplyAdd(v128.load(x, 16), b, b0);
      if (three) {
        b1 = multiplyAdd(v128.load(x + tap, 16), b, b1);
        b2 = multiplyAdd(v128.load(x + 2 * tap, 16), b, b2);
      }
    }
    x += step;
    dy += pixel;
  }
  addTo(weights, a0, rest);
  if (three) {
    addTo(weights + pixel, a1, rest);
    addTo(weights + 2 * pixel, a2, rest);
  }
  if (eight) {
    addTo(weights + 16, b0, 4);
    if (three) {
      addTo(weights + pixel + 16, b1, 4);
      addTo(weights + 2 * pixel + 16, b2, 4);
    }
  }
}

// @ts-expect-error: decorator of AssemblyScript
@inline
function addTo(to: usize, value: v128, rest: i32): void {
  storePart(to, f32x4.add(loadPart(to, rest), value), rest);
}
