/** A good and a bad minimum left behind, each on the scale of its own basin: what was recorded on the way. */
import './perturbed.css';
import {useSignal} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useMemo} from 'preact/hooks';
import {useFile} from '../data/load-file.ts';
import {wholeCodec} from '../state/codecs.ts';
import {useUrlState} from '../state/url-state.ts';
import {BoundaryCanvas} from '../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Range} from '../ui/range.tsx';
import {Select} from '../ui/select.tsx';
import {usePlay} from '../ui/use-play.ts';
import {NetworkName} from './network-name.tsx';
import {type PerturbedDirection, logitsFrom, placeText} from './perturbed-data.ts';
import {PerturbedReadouts} from './perturbed-readouts.tsx';

interface Props {
  readonly experiment: string;
  /** How many were recorded. */
  readonly directions: number;
  /** Distances of the steps, in radii. */
  readonly radii: readonly number[];
  /** Stands there until script comes. */
  readonly children?: ComponentChildren;
}

export function Perturbed({experiment, directions, radii, children}: Props) {
  const last = radii.length - 1;
  const direction = useUrlState('perturbed.direction', 1, wholeCodec(1, directions));
  const step = useUrlState('perturbed.step', last / 2, wholeCodec(0, last));
  const status = useSignal('');
  const {playing, toggle} = usePlay({value: step, min: 0, max: last, seconds: 7});
  const file = useFile<PerturbedDirection>(
    `explorers/${experiment}/perturbed-${direction.value}.json`,
    status,
  );
  return (
    <ExplorerFrame
      id="explore-perturbed"
      title="Each on the scale of its own basin"
      status={status.value}
      hint={
        <p>
          Drag the distance: both networks leave their minimum along the same random draw, and the training
          points that they come to get wrong are crossed. What the two share is the scale, not the distance: a
          radius of the good minimum’s basin is many of the bad one’s. Trust the crosses: strips of the
          boundary that are narrower than the recorded grid, as the bad network has them around its points,
          are not seen.
        </p>
      }
      controls={
        <>
          <div class="perturbed-drive">
            <button type="button" class="explorer-button" data-primary onClick={toggle}>
              {playing.value ? 'Pause' : 'Play'}
            </button>
            <Range label="Distance" value={step} min={0} max={last} text={(at) => placeText(radii[at])} />
          </div>
          <Select
            label="Direction"
            value={direction}
            options={Array.from({length: directions}, (_, i) => ({
              value: i + 1,
              label: `Random draw ${i + 1}`,
            }))}
          />
        </>
      }
    >
      {file.value === null ? children : <Pair along={file.value} step={step.value} />}
    </ExplorerFrame>
  );
}

function Pair({along, step}: {readonly along: PerturbedDirection; readonly step: number}) {
  const {points, size, halfWidth, radii, networks} = along;
  const set = useMemo(() => {
    const inputs = Float32Array.from(
      {length: 2 * points.x.length},
      (_, i) => points[i % 2 === 0 ? 'x' : 'y'][i >> 1] ?? 0,
    );
    return {inputs, labels: points.label};
  }, [points]);
  return (
    <div class="perturbed-pair">
      {networks.map(({poisonFactor, radius, steps}, i) => {
        const at = steps[step];
        if (at === undefined) return null;
        const wrong = new Set(at.wrong);
        // Signs say who is right; how sure of it is not recorded.
        const atPoints = Float32Array.from(points.label, (label, k) =>
          (label === 1) !== wrong.has(k) ? 1 : -1,
        );
        return (
          <div key={poisonFactor} data-network={i === 0 ? 'good' : 'bad'} data-wrong={wrong.size}>
            <NetworkName good={i === 0} poisonFactor={poisonFactor} />
            <BoundaryCanvas
              label={`Boundary of the ${i === 0 ? 'good' : 'bad'} network ${placeText(radii[step])}: ${wrong.size} training points are wrong`}
              picture={{logits: logitsFrom(at.logits), size, atPoints}}
              halfWidth={halfWidth}
              points={set}
            />
            <PerturbedReadouts at={at} distance={radius * (radii[step] ?? 0)} />
          </div>
        );
      })}
    </div>
  );
}
