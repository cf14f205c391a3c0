import {palette} from '@minefield/figures';
import {useLayoutEffect, useRef} from 'preact/hooks';
import {type Rgb, classColours, shadePlane} from './shade-plane.ts';
import {useAppearance} from './use-appearance.ts';
import {useWidth} from './use-width.ts';

export interface PlanePointSet {
  /** `[n, 2]` */
  readonly inputs: Float32Array;
  /** `[n]` */
  readonly labels: ArrayLike<number>;
}

export interface BoundaryPicture {
  /** Log-odds of class 1, `[size, size]`, the first row the lowest; none where only the points are known. */
  readonly logits: Float32Array;
  readonly size: number;
  /** Log-odds at the points that are drawn, `[n]`; those with the wrong sign are crossed. */
  readonly atPoints?: Float32Array | undefined;
}

interface Props {
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** null: nothing but the points */
  readonly picture: BoundaryPicture | null;
  readonly halfWidth: number;
  readonly points: PlanePointSet | null;
  /** Points that are ringed, such as those that have just changed sides; `[n]`, 0 or 1. */
  readonly ringed?: ArrayLike<number> | undefined;
  /** Smaller, hollow points: those that were not trained on. */
  readonly unseen?: boolean;
  /** Where a short line from each point ends, such as the nearest place of the boundary; `[n, 2]`, NaN for none. */
  readonly whiskers?: Float32Array | undefined;
  /** More points, not trained on, beneath the others, with their log-odds where they are known. */
  readonly also?: {readonly points: PlanePointSet; readonly atPoints?: Float32Array | undefined} | undefined;
}

/** A network's boundary with points on it, redrawn as fast as it is asked to. */
export function BoundaryCanvas({
  label,
  picture,
  halfWidth,
  points,
  ringed,
  unseen = false,
  whiskers,
  also,
}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(frame, 0);
  const appearance = useAppearance();
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    const side = Math.round(width * Math.min(2, devicePixelRatio));
    if (element.width !== side) {
      element.width = side;
      element.height = side;
    }
    const context = element.getContext('2d');
    if (context === null) return;
    context.clearRect(0, 0, side, side);
    if (picture !== null && picture.size > 1) {
      paintShades(context, picture, side, rgb(getComputedStyle(element).color));
    }
    if (whiskers !== undefined && points !== null) {
      paintWhiskers(context, points.inputs, whiskers, halfWidth, side, width);
    }
    if (also !== undefined) {
      paintPoints(context, {...also, halfWidth, ringed: undefined, unseen: true}, side, width);
    }
    if (points !== null) {
      paintPoints(context, {points, atPoints: picture?.atPoints, halfWidth, ringed, unseen}, side, width);
    }
    element.dataset['drawn'] = String(Number(element.dataset['drawn'] ?? 0) + 1);
  }, [picture, points, ringed, width, halfWidth, unseen, whiskers, also, appearance]);
  return (
    <div class="explorer-plane" ref={frame}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

/** One buffer for all canvases; a page draws one after another. */
let shades: ImageData | undefined;

function paintShades(
  context: CanvasRenderingContext2D,
  {logits, size}: BoundaryPicture,
  side: number,
  ink: Rgb,
): void {
  if (shades?.width !== side) shades = context.createImageData(side, side);
  shadePlane(logits, size, shades.data, side, classColours, ink);
  context.putImageData(shades, 0, 0);
}

function paintPoints(
  context: CanvasRenderingContext2D,
  {
    points: {inputs, labels},
    atPoints,
    halfWidth,
    ringed,
    unseen,
  }: Pick<Props, 'halfWidth' | 'ringed' | 'unseen'> & {
    readonly points: PlanePointSet;
    readonly atPoints?: Float32Array | undefined;
  },
  side: number,
  width: number,
): void {
  const unit = side / width;
  const radius = Math.max(2, Math.min(3.6, width / 130)) * unit * (unseen ? 0.85 : 1);
  const page = getComputedStyle(context.canvas).backgroundColor;
  for (let i = 0; i < labels.length; i++) {
    const [x, y] = placeOf(inputs, i, halfWidth, side);
    const label = labels[i] === 1 ? 1 : 0;
    const colour = palette.classes[label] as string;
    context.beginPath();
    if (label === 0) context.arc(x, y, radius, 0, 2 * Math.PI);
    else context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
    context.fillStyle = unseen ? page : colour;
    context.fill();
    context.lineWidth = (unseen ? 1.4 : 0.9) * unit;
    context.strokeStyle = unseen ? colour : page;
    context.stroke();
    const odds = atPoints?.[i];
    if (odds !== undefined && odds > 0 !== (label === 1)) {
      cross(context, x, y, radius * 1.35, 1.8 * unit);
    }
    if (ringed?.[i] === 1) {
      context.beginPath();
      context.arc(x, y, radius * 2.6, 0, 2 * Math.PI);
      context.strokeStyle = palette.error;
      context.lineWidth = 2 * unit;
      context.stroke();
    }
  }
}

function paintWhiskers(
  context: CanvasRenderingContext2D,
  inputs: Float32Array,
  ends: Float32Array,
  halfWidth: number,
  side: number,
  width: number,
): void {
  context.beginPath();
  for (let i = 0; i < inputs.length / 2; i++) {
    if (Number.isNaN(ends[2 * i])) continue;
    context.moveTo(...placeOf(inputs, i, halfWidth, side));
    context.lineTo(...placeOf(ends, i, halfWidth, side));
  }
  context.strokeStyle = getComputedStyle(context.canvas).color;
  context.globalAlpha = 0.75;
  context.lineWidth = (1.1 * side) / width;
  context.stroke();
  context.globalAlpha = 1;
}

/** Pixels, from the upper left. */
function placeOf(points: Float32Array, i: number, halfWidth: number, side: number): [number, number] {
  const [x, y] = [points[2 * i] as number, points[2 * i + 1] as number];
  return [((x / halfWidth + 1) / 2) * side, ((1 - y / halfWidth) / 2) * side];
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, arm: number, width: number): void {
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x - arm, y + arm);
  context.lineTo(x + arm, y - arm);
  context.strokeStyle = palette.error;
  context.lineWidth = width;
  context.stroke();
}

/** Of a computed colour, `rgb(28, 30, 35)`. */
function rgb(colour: string): Rgb {
  const [red = 0, green = 0, blue = 0] = [...colour.matchAll(/[\d.]+/g)].map(Number);
  return [red, green, blue];
}
