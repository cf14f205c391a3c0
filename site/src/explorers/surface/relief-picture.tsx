import {useEffect, useLayoutEffect, useMemo, useRef} from 'preact/hooks';
import type {LossGrid} from './planes.ts';
import type {Frame, View} from './relief/camera.ts';
import {type Relief, openRelief} from './relief/gl-relief.ts';
import {meshOf} from './relief/mesh.ts';

interface Props {
  readonly grid: LossGrid;
  readonly view: View;
  readonly frame: Frame;
  /** The browser draws no relief, or no longer. */
  readonly onLost: () => void;
}

/** The canvas of a relief; what lies on it is drawn by others. */
export function ReliefPicture({grid, view, frame, onLost}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const relief = useRef<Relief | null>(null);
  const mesh = useMemo(() => meshOf(grid.levels, grid.size), [grid]);
  useEffect(
    () => () => {
      relief.current?.dispose();
      relief.current = null;
    },
    [],
  );
  const loaded = useRef<typeof mesh | null>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    relief.current ??= openRelief(element, onLost);
    if (relief.current === null) {
      onLost();
      return;
    }
    if (loaded.current !== mesh) {
      relief.current.load(mesh);
      loaded.current = mesh;
    }
    relief.current.draw(view, frame, Math.min(2, devicePixelRatio));
    element.dataset['drawn'] = String(Number(element.dataset['drawn'] ?? 0) + 1);
  }, [mesh, view.turn, view.tilt, frame.width, frame.height]);
  return <canvas ref={canvas} class="surface-relief" aria-hidden="true" />;
}
