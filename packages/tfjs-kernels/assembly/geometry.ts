/** Sizes, strides, dilations and padding of the convolution at work. */
export let inHeight: i32 = 0;
export let inWidth: i32 = 0;
export let inChannels: i32 = 0;
export let filterHeight: i32 = 0;
export let filterWidth: i32 = 0;
export let outHeight: i32 = 0;
export let outWidth: i32 = 0;
export let outChannels: i32 = 0;
export let strideY: i32 = 0;
export let strideX: i32 = 0;
export let dilationY: i32 = 0;
export let dilationX: i32 = 0;
export let padTop: i32 = 0;
export let padLeft: i32 = 0;

/** The geometry of the calls that follow. */
export function setConvolution(
  heightIn: i32, widthIn: i32, channelsIn: i32, heightFilter: i32, widthFilter: i32,
  heightOut: i32, widthOut: i32, channelsOut: i32, strideDown: i32, strideRight: i32,
  dilationDown: i32, dilationRight: i32, top: i32, left: i32,
): void {
  inHeight = heightIn;
  inWidth = widthIn;
  inChannels = channelsIn;
  filterHeight = heightFilter;
  filterWidth = widthFilter;
  outHeight = heightOut;
  outWidth = widthOut;
  outChannels = channelsOut;
  strideY = strideDown;
  strideX = strideRight;
  dilationY = dilationDown;
  dilationX = dilationRight;
  padTop = top;
  padLeft = left;
}

/** Lines that all receptive fields together cover. */
export function fieldLines(): i32 {
  return (outHeight - 1) * strideY + (filterHeight - 1) * dilationY + 1;
}

export function fieldColumns(): i32 {
  return (outWidth - 1) * strideX + (filterWidth - 1) * dilationX + 1;
}
