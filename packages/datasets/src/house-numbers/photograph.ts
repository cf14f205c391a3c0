import {type Generator, cosTurns, sinTurns} from '@minefield/core';
import {between, chance} from './draws.ts';
import {type Picture, shadeInto} from './picture.ts';

/** Light on the scene: brighter on one side and, now and then, the edge of a shadow. */
export function lightInto({colours, size}: Picture, generator: Generator): void {
  const angle = generator.uniform();
  const gradient = between(generator, 0, 0.35);
  const gradientX = gradient * cosTurns(angle);
  const gradientY = gradient * sinTurns(angle);
  const shadow = chance(generator, 0.18) ? between(generator, 0.25, 0.5) : 0;
  const edgeAngle = generator.uniform();
  const edgeX = cosTurns(edgeAngle);
  const edgeY = sinTurns(edgeAngle);
  const edge = between(generator, -0.3, 0.3);
  const sharpness = between(generator, 20, 60);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const column = pixel % size;
    const x = (column + 0.5) / size - 0.5;
    const y = ((pixel - column) / size + 0.5) / size - 0.5;
    const shaded = Math.min(1, Math.max(0, 0.5 + sharpness * (x * edgeX + y * edgeY - edge)));
    shadeInto(colours, pixel, (1 + gradientX * x + gradientY * y) * (1 - shadow * shaded));
  }
}

/** Takes the photograph, `[size, size, 3]` bytes: noise of the sensor, blur, exposure and white balance. */
export function photographInto(out: Uint8Array, picture: Picture, generator: Generator): void {
  const {colours, size, unit, scratch} = picture;
  const blur = 0.1 + 1.5 * generator.uniform() * generator.uniform();
  const moved = chance(generator, 0.12) ? between(generator, 0.3, 1.5) : 0;
  const sideways = chance(generator, 0.7);
  const contrast = between(generator, 0.6, 1.05);
  const level = between(generator, 0.36, 0.6);
  const balance = [between(generator, -0.05, 0.03), 0, between(generator, -0.02, 0.07)];
  addNoiseInto(colours, 0.14 * generator.uniform() * generator.uniform(), generator);
  blurInto(colours, scratch, size, 3, (blur + (sideways ? moved : 0)) * unit * unit);
  blurInto(colours, scratch, size, 3 * size, (blur + (sideways ? 0 : moved)) * unit * unit);
  for (let at = 0; at < out.length; at += 3) {
    for (let channel = 0; channel < 3; channel++) {
      // 0.48 is about the mean of all scenes.
      const value = level + contrast * ((colours[at + channel] ?? 0) - 0.48) + (balance[channel] ?? 0);
      out[at + channel] = Math.floor(Math.min(1, Math.max(0, value)) * 255 + 0.5);
    }
  }
}

/** Noise within ± 1.5 times the amplitude, most of it common to the three channels of a pixel. */
function addNoiseInto(colours: Float64Array, amplitude: number, generator: Generator): void {
  for (let at = 0; at < colours.length; at += 3) {
    const word = generator.uint32();
    const common = (word & 0xff) / 127.5 - 1;
    for (let channel = 0; channel < 3; channel++) {
      const own = ((word >>> (8 * channel + 8)) & 0xff) / 255 - 0.5;
      colours[at + channel] = (colours[at + channel] ?? 0) + amplitude * (common + own);
    }
  }
}

/**
 * Blurs along one axis to a variance in square pixels, with as many passes of the weights (s, 1 − 2s, s), of variance
 * 2s each, as keep the middle the heaviest. The edge goes on beyond the edge.
 *
 * @param stride distance of neighbours in `colours`: 3 along rows, 3 · size along columns
 * @param line room for one line
 */
function blurInto(
  colours: Float64Array,
  line: Float64Array,
  size: number,
  stride: number,
  variance: number,
): void {
  const passes = Math.ceil(variance / 0.6);
  const side = variance / passes / 2;
  const lineStride = stride === 3 ? 3 * size : 3;
  for (let start = 0; start < size * lineStride; start += lineStride) {
    for (let first = start; first < start + 3; first++) {
      for (let i = 0; i < size; i++) line[i] = colours[first + i * stride] ?? 0;
      for (let pass = 0; pass < passes; pass++) {
        let before = line[0] ?? 0;
        for (let i = 0; i < size; i++) {
          const here = line[i] ?? 0;
          const after = i + 1 < size ? (line[i + 1] ?? 0) : here;
          line[i] = here + side * (before - 2 * here + after);
          before = here;
        }
      }
      for (let i = 0; i < size; i++) colours[first + i * stride] = line[i] ?? 0;
    }
  }
}
