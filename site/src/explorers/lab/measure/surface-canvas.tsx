/** A preview of the loss over a plane, in colours of its powers of ten. */
import {palette} from '@minefield/figures';
import {useLayoutEffect, useRef} from 'preact/hooks';

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

/** The ramp of losses in the printed figures, on a logarithmic scale. */
function colourOf(loss: number): readonly [number, number, number] {
  const t =
    Math.log(Math.max(LOW, Math.min(HIGH, Number.isFinite(loss) ? loss : HIGH)) / LOW) / Math.log(HIGH / LOW);
  const place = t * (palette.loss.length - 1);
  const at = Math.min(palette.loss.length - 2, Math.floor(place));
  const mixed = [1, 3, 5].map((start) => {
    const channel = (i: number): number =>
      Number.parseInt((palette.loss[i] ?? '#000000').slice(start, start + 2), 16);
    return Math.round(channel(at) + (place - at) * (channel(at + 1) - channel(at)));
  });
  return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0];
}
