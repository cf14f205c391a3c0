import type {backend_util} from '@tensorflow/tfjs-core';

/** Visits every product of a convolution: input index, filter index, output index. */
export function eachProduct(
  info: backend_util.Conv2DInfo,
  visit: (x: number, filter: number, out: number) => void,
): void {
  const {batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo} = info;
  for (let image = 0; image < batchSize; image++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        for (let ky = 0; ky < info.filterHeight; ky++) {
          const y = oy * info.strideHeight + ky * info.dilationHeight - padInfo.top;
          if (y < 0 || y >= inHeight) continue;
          for (let kx = 0; kx < info.filterWidth; kx++) {
            const x = ox * info.strideWidth + kx * info.dilationWidth - padInfo.left;
            if (x < 0 || x >= inWidth) continue;
            const from = ((image * inHeight + y) * inWidth + x) * inChannels;
            const tap = (ky * info.filterWidth + kx) * inChannels;
            const to = ((image * outHeight + oy) * outWidth + ox) * outChannels;
            for (let ci = 0; ci < inChannels; ci++) {
              for (let co = 0; co < outChannels; co++)
                visit(from + ci, (tap + ci) * outChannels + co, to + co);
            }
          }
        }
      }
    }
  }
}
