/**
 * Images of a depthwise convolution with several filters for each input channel: as many channels as the output has, each
 * input channel standing side by side with itself. With one filter for each there is nothing to widen.
 */
import {inChannels, inHeight, inWidth, outChannels} from './geometry';

/** Bytes of a wide image, or 0 where images are wide enough. */
export function wideBytes(): usize {
  return outChannels == inChannels ? 0 : <usize>inHeight * inWidth * outChannels << 2;
}

/** Writes each of `count` floats `times` times side by side. */
export function spread(from: usize, count: i32, times: i32, to: usize): void {
  for (; count > 0; count--) {
    const value = load<f32>(from);
    for (let i = times; i > 0; i--) {
      store<f32>(to, value);
      to += 4;
    }
    from += 4;
  }
}

/** Sums of `times` neighbouring floats, `count` of them. */
export function addNeighbours(from: usize, count: i32, times: i32, to: usize): void {
  for (; count > 0; count--) {
    let sum: f32 = 0;
    for (let i = times; i > 0; i--) {
      sum += load<f32>(from);
      from += 4;
    }
    store<f32>(to, sum);
    to += 4;
  }
}
