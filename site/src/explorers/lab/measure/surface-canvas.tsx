/** A preview of the loss over a plane, in colours of its powers of ten. */
import {at} from '@minefield/core';
import {palette} from '@minefield/figures';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {hex} from '../../ui/shade-plane.ts';

interface Props {
  readonly label: string;
  /** `[size, size]`, the first row the lowest; null: nothing yet */
  readonly surface: {readonly size: number; readonly losses: Float64Array} | null;
}

/** Losses from here on have one colour. */
const [LOW, HIGH] = [1e-3, 10];

export function SurfaceCanvas({label, surface}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || !context || surface === null) return;
    const {size, losses} = surface;
    [element.width, element.height] = [size, size];
    const pixels = context.createImageData(size, size);
    losses.forEach((loss, i) => {
      const row = size - 1 - Math.floor(i / size);
      pixels.data.set([...colourOf(loss), 255], 4 * (row * size + (i % size)));
    });
    context.putImageData(pixels, 0, 0);
    element.dataset['drawn'] = String(Number(element.dataset['drawn'] ?? 0) + 1);
  }, [surface]);
  return (
    <div class="explorer-plane">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

const ramp = palette.loss.map(hex);

/** The ramp of losses in the printed figures, on a logarithmic scale. */
function colourOf(loss: number): readonly [number, number, number] {
  const t =
    Math.log(Math.max(LOW, Math.min(HIGH, Number.isFinite(loss) ? loss : HIGH)) / LOW) / Math.log(HIGH / LOW);
  const place = t * (ramp.length - 1);
  const below = Math.min(ramp.length - 2, Math.floor(place));
  const [from, to] = [at(ramp, below), at(ramp, below + 1)];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(from[channel] + (place - below) * (to[channel] - from[channel]));
  return [mix(0), mix(1), mix(2)];
}
