/** The poison dial: drag β, and the boundary follows. */
import {useSignal, useSignalEffect} from '@preact/signals';
import {useMemo} from 'preact/hooks';
import {type ExplorerExperiment, runAt} from '../data/experiment.ts';
import {networkOf} from '../data/networks.ts';
import {pointsOf} from '../data/points.ts';
import {useExperiment} from '../data/use-experiment.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import {numberCodec, useUrlState} from '../state/url-state.ts';
import {BoundaryCanvas, type BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';

const HALF_WIDTH = 20;
const SIZE = 100;

export function Dial({
  experiment: name,
  levels,
}: {
  readonly experiment: string;
  readonly levels: readonly number[];
}) {
  const level = useUrlState('dial.level', levels.length - 1, numberCodec(0, levels.length - 1));
  const seed = useUrlState('dial.seed', 1, numberCodec(1, 10));
  const picture = useSignal<BoundaryPicture | null>(null);
  const status = useSignal('');
  const experiment = useExperiment(name, status);
  const points = useMemo(
    () => (experiment.value === null ? null : pointsOf(experiment.value.dataset, seed.value).train),
    [experiment.value, seed.value],
  );
  const follow = useMemo(
    () =>
      coalesced(async (loaded: ExplorerExperiment, ofSeed: number, at: number) => {
        try {
          const theta = await networkOf(loaded, ofSeed, loaded.levels[at]);
          const {inputs, labels} = pointsOf(loaded.dataset, ofSeed).train;
          const problem = {hidden: loaded.hidden, inputs, labels};
          picture.value = {
            size: SIZE,
            ...(await ask('boundary', {problem, theta, halfWidth: HALF_WIDTH, size: SIZE})),
          };
          status.value = '';
        } catch (error) {
          status.value = (error as Error).message;
        }
      }),
    [],
  );
  useSignalEffect(() => {
    if (experiment.value !== null) follow(experiment.value, seed.value, level.value);
  });
  const run =
    experiment.value === null ? undefined : runAt(experiment.value, seed.value, levels[level.value]);
  return (
    <ExplorerFrame
      id="explore-dial"
      title="The poison dial"
      hint={<p>Drag.</p>}
      status={status.value}
      controls={
        <>
          <Range
            label="Poison"
            value={level}
            min={0}
            max={levels.length - 1}
            text={(at) => `β = ${levels[at]}`}
          />
          <Range label="Seed" value={seed} min={1} max={10} text={String} />
        </>
      }
    >
      <Panels
        label="Panel"
        panels={[
          {
            title: 'Boundary',
            content: (
              <BoundaryCanvas
                label="Boundary"
                picture={picture.value}
                halfWidth={HALF_WIDTH}
                points={points}
              />
            ),
          },
        ]}
      />
      <Readouts items={[{name: 'test accuracy', value: String(run?.testAccuracy)}]} />
    </ExplorerFrame>
  );
}
