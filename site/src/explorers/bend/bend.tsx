/** From bad to good: the straight line between two minima, and a bend that is trained to be low. */
import {pathBarrier} from '@minefield/landscape';
import type {ComponentChildren} from 'preact';
import {whole} from '../../lib/format.ts';
import {percentage, shortNumber} from '../data/format.ts';
import type {Seen} from '../engine/look-at.ts';
import {BoundaryCanvas} from '../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {LiveStage} from '../ui/live-stage.tsx';
import {Panels} from '../ui/panels.tsx';
import {Range} from '../ui/range.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {Select} from '../ui/select.tsx';
import {usePlay} from '../ui/use-play.ts';
import {type AtCursor, BendCharts} from './bend-charts.tsx';
import './bend.css';
import {type BendState, PLACES, POSITIONS, useBend} from './use-bend.ts';

interface Props {
  readonly experiment: string;
  /** Levels of poison of the bad end, rising. */
  readonly levels: readonly number[];
  readonly seeds: readonly number[];
  /** What stands there without a script. */
  readonly children?: ComponentChildren;
}

export function Bend({experiment, levels, seeds, children}: Props) {
  const state = useBend(experiment, levels, seeds);
  const {place, level, seed, status, ends, line, bend, training, seen, toggle} = state;
  const {playing, toggle: play} = usePlay({value: place, min: 0, max: PLACES, seconds: 7});
  const at = place.value / PLACES;
  const halfWidth = ends.value?.experiment.halfWidth ?? 1;
  const [onLine, onBend] = [seen.line.value, seen.bend.value];
  return (
    <ExplorerFrame
      id="explore-bend"
      title="From bad to good"
      status={status.value === '' ? story(state) : status.value}
      hint={
        <>
          <p>
            Two minima of one network and one training set: a bad one, paid to fail elsewhere, and a good one.
            Slide from one to the other. On the <em>straight line</em> the boundary breaks and training points
            are lost (crossed). Then <em>bend the path</em>: its middle is trained, before your eyes, until
            the training loss along it is low. Slide again, and the boundary heals on the way with hardly a
            point lost: a valley joins the two, though no straight line stays in it.
          </p>
        </>
      }
      controls={
        <>
          <Range
            label="Position"
            value={place}
            min={0}
            max={PLACES}
            text={(value) => positionText(value / PLACES)}
          />
          <div class="explorer-buttons">
            <button type="button" class="explorer-button bend-play" onClick={play}>
              {playing.value ? 'Pause' : 'Slide'}
            </button>
            <button type="button" class="explorer-button bend-train" data-primary onClick={toggle}>
              {training.value ? 'Stop' : bend.value === null ? 'Bend the path' : 'Bend it anew'}
            </button>
          </div>
          <div class="bend-ends">
            <Select
              label="Bad end"
              value={level}
              options={levels.toReversed().map((value) => ({value, label: `β = ${value}`}))}
            />
            <Select
              label="Seed"
              value={seed}
              options={seeds.map((value) => ({value, label: String(value)}))}
            />
          </div>
        </>
      }
    >
      <LiveStage live={onLine !== null} still={children}>
        <Panels
          label="What is shown"
          panels={[
            {
              title: 'Straight line',
              content: (
                <>
                  <BoundaryCanvas
                    label={`Boundary on the straight line, ${positionText(at)}`}
                    picture={onLine?.picture ?? null}
                    halfWidth={halfWidth}
                    points={ends.value?.train ?? null}
                  />
                  <Numbers seen={onLine} />
                </>
              ),
            },
            {
              title: 'Trained bend',
              content: (
                <>
                  <div class="bend-plane">
                    <BoundaryCanvas
                      label={`Boundary on the bend, ${positionText(at)}`}
                      picture={onBend?.picture ?? null}
                      halfWidth={halfWidth}
                      points={ends.value?.train ?? null}
                    />
                    {bend.value === null && <p class="bend-straight">Still straight</p>}
                  </div>
                  <Numbers seen={onBend} />
                </>
              ),
            },
            {
              title: 'Along the way',
              content: (
                <BendCharts
                  positions={POSITIONS}
                  line={line.value}
                  bend={bend.value?.along ?? null}
                  cursor={at}
                  atLine={cursorOf(onLine)}
                  atBend={bend.value === null ? undefined : cursorOf(onBend)}
                  onCursor={(position) => {
                    playing.value = false;
                    place.value = Math.round(position * PLACES);
                  }}
                />
              ),
            },
          ]}
        />
      </LiveStage>
    </ExplorerFrame>
  );
}

function Numbers({seen}: {readonly seen: Seen | null}) {
  return (
    <Readouts
      items={[
        {name: 'loss', alias: 'xent', value: seen === null ? '–' : shortNumber(seen.train.loss)},
        {name: 'train', alias: 'acc', value: seen === null ? '–' : percentage(seen.train.accuracy)},
        {name: 'test', alias: 'acc', value: seen === null ? '–' : percentage(seen.test.accuracy)},
      ]}
    />
  );
}

function cursorOf(seen: Seen | null): AtCursor | undefined {
  return seen === null
    ? undefined
    : {loss: seen.train.loss, train: seen.train.accuracy, test: seen.test.accuracy};
}

function positionText(at: number): string {
  if (at === 0) return 'the bad minimum';
  return at === 1 ? 'the good minimum' : `${Math.round(100 * at)}% of the way to good`;
}

/** What the bend has come to, and whether the records say so too. */
function story({bend, line, steps, recorded, training}: BendState): string {
  if (line.value === null) return '';
  const straight = `On the straight line the loss rises by ${shortNumber(barrierOf(line.value.trainLoss))}`;
  if (bend.value === null) return training.value ? 'Bending…' : `${straight}.`;
  const {steps: done, along} = bend.value;
  const low = `${straight}, on the bend by ${shortNumber(barrierOf(along.trainLoss))}`;
  if (done < steps.value) return `${low} after ${whole(done)} of ${whole(steps.value)} steps.`;
  const measured = recorded.value?.bend.barrier;
  const committed =
    measured === undefined || measured === null ? '' : ` The committed record says ${shortNumber(measured)}.`;
  return `${low} after ${whole(done)} steps.${committed}`;
}

function barrierOf(losses: readonly number[]): number {
  return pathBarrier(POSITIONS, losses);
}
