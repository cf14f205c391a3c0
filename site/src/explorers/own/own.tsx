/** Make your own bad minimum: choose data and poison, train in the page, measure what came of it. */
import {type ReadonlySignal, type Signal, useSignal, useSignalEffect} from '@preact/signals';
import {useEffect, useMemo, useRef} from 'preact/hooks';
import {useExperiment} from '../data/use-experiment.ts';
import {coalesced} from '../engine/coalesced.ts';
import {ask} from '../engine/engine.ts';
import type {BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {ExplorerFrame} from '../ui/explorer-frame.tsx';
import {Readouts} from '../ui/readouts.tsx';
import {whole} from '../../lib/format.ts';
import {percentage, shortNumber} from '../data/format.ts';
import {OwnControls} from './own-controls.tsx';
import {HALF_WIDTH, type OwnPoints} from './own-data.ts';
import {type SweepDot, sweepDots} from './own-scatter.tsx';
import {OwnStage, type Painting} from './own-stage.tsx';
import {MeasureButtons, OwnMeasured} from './own-measured.tsx';
import {FEWEST_POINTS} from './paint.ts';
import {OwnHint} from './own-hint.tsx';
import {type OwnChoice, type OwnProblem, useOwnSettings} from './use-own-settings.ts';
import {useMeasuring} from './use-measuring.ts';
import {type Training, useTraining} from './use-training.ts';
import './own.css';

/** Points a side of the boundary that is drawn. */
const SIZE = 100;
/** Milliseconds between two pictures of a network in training. */
const PAUSE = 60;

interface Props {
  /** The sweep that the result is held against. */
  readonly experiment: string;
  /** Some of its networks, for pages without script. */
  readonly still: readonly SweepDot[];
}

export function Own({experiment: name, still}: Props) {
  const choice = useOwnSettings();
  const {settings, points, problem, stop} = choice;
  const live = useSignal(false);
  const status = useSignal('');
  const training = useTraining();
  const measuring = useMeasuring();
  const picture = useFollowedBoundary(training, problem, points, status);
  const experiment = useExperiment(name, status);
  const painting = usePainting(choice);
  const sweep = useMemo(
    () => (experiment.value === null ? still : sweepDots(experiment.value)),
    [experiment.value, still],
  );
  useEffect(() => {
    live.value = true;
  }, [live]);
  // Whatever is chosen anew makes another training.
  useSignalEffect(() => {
    void problem.value;
    training.reset();
    measuring.forget();
    picture.value = null;
  });
  const phase = training.phase.value;
  const state = training.snapshot.value?.networks[0];
  const lacking = lackOf(choice);
  const go = (once: boolean): void => training.go({...problem.value, stop: stop.value}, once);
  return (
    <ExplorerFrame
      id="explore-own"
      title="Make your own bad minimum"
      hint={<OwnHint />}
      controls={
        <>
          <OwnControls {...settings} />
          <OwnMeasured dots={measuring.dots.value} />
        </>
      }
    >
      <OwnStage
        points={points.value}
        picture={picture}
        curves={state?.curves}
        steps={problem.value.recipe.steps}
        sweep={sweep}
        own={measuring.dots.value}
        painting={painting}
        live={live.value}
      />
      <div class="explorer-buttons own-actions">
        {phase === 'running' ? (
          <button type="button" class="explorer-button" data-primary onClick={training.pause}>
            Pause
          </button>
        ) : (
          <button
            type="button"
            class="explorer-button"
            data-primary
            disabled={lacking !== '' || phase === 'ended'}
            onClick={() => go(false)}
          >
            {phase === 'new' ? 'Train' : 'Go on'}
          </button>
        )}
        <button
          type="button"
          class="explorer-button"
          disabled={lacking !== '' || phase === 'running' || phase === 'ended'}
          onClick={() => go(true)}
        >
          Step ({problem.value.recipe.evaluateEvery})
        </button>
        <button
          type="button"
          class="explorer-button"
          disabled={phase === 'new'}
          onClick={() => {
            training.reset();
            measuring.forget();
            picture.value = null;
          }}
        >
          Start anew
        </button>
        <MeasureButtons {...{training, measuring, choice}} />
      </div>
      <p class="own-story" role="status">
        {measuring.stage.value || training.fault.value || status.value || lacking || storyOf(training)}
      </p>
      <Readouts
        items={[
          {name: 'step', value: whole(training.snapshot.value?.step ?? 0)},
          {
            name: 'train accuracy',
            alias: 'acc',
            value: shown(state?.curves.trainAccuracy.at(-1), percentage),
          },
          {name: 'test accuracy', value: shown(state?.curves.testAccuracy.at(-1), percentage)},
          {name: 'train loss', alias: 'xent', value: shown(state?.curves.trainLoss.at(-1), shortNumber)},
          {
            name: 'steps a second',
            value: shown(training.rate.value ?? undefined, whole),
          },
        ]}
      />
    </ExplorerFrame>
  );
}

/** The boundary of the network as it trains, as fast as it is drawn. */
function useFollowedBoundary(
  training: Training,
  problem: ReadonlySignal<OwnProblem>,
  points: ReadonlySignal<OwnPoints>,
  status: Signal<string>,
): Signal<BoundaryPicture | null> {
  const picture = useSignal<BoundaryPicture | null>(null);
  const follow = useMemo(
    () =>
      coalesced(async (theta: Float32Array, {inputs, labels}: OwnPoints, hidden: readonly number[]) => {
        try {
          const args = {problem: {hidden, inputs, labels}, theta, halfWidth: HALF_WIDTH, size: SIZE};
          const value = await ask('boundary', args);
          // It may have been forgotten meanwhile.
          if (training.snapshot.value !== null) picture.value = {size: SIZE, ...value};
          // Every picture costs the training some steps.
          if (training.phase.value === 'running') await new Promise((resolve) => setTimeout(resolve, PAUSE));
        } catch (error) {
          status.value = (error as Error).message;
        }
      }),
    // Signals never change.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  useSignalEffect(() => {
    const theta = training.snapshot.value?.networks[0]?.theta;
    if (theta !== undefined) follow(theta, points.peek(), problem.peek().hidden);
  });
  return picture;
}

function usePainting({settings, painted}: OwnChoice): Painting | null {
  const label = useSignal<0 | 1>(0);
  /** How many points there were before each stroke. */
  const strokes = useRef<number[]>([]);
  if (settings.data.value !== 'painted') return null;
  return {
    points: painted,
    label,
    onStroke: () => strokes.current.push(painted.value.length),
    onUndo: () => {
      const before = strokes.current.pop() ?? painted.value.length - 1;
      painted.value = painted.value.slice(0, Math.max(0, Math.min(before, painted.value.length - 1)));
    },
    onClear: () => {
      strokes.current = [];
      painted.value = [];
    },
  };
}

/** What stands against training; empty for nothing. */
function lackOf({settings, points}: OwnChoice): string {
  if (settings.data.value !== 'painted') return '';
  const {labels} = points.value;
  const ones = labels.reduce((sum, label) => sum + label, 0);
  return Math.min(ones, labels.length - ones) >= FEWEST_POINTS
    ? ''
    : `Paint at least ${FEWEST_POINTS} points of each class; ${labels.length - ones} purple and ${ones} teal so far.`;
}

/** What has become of the training, in a sentence. */
function storyOf({phase, outcome, seconds, snapshot}: Training): string {
  const steps = whole(snapshot.value?.step ?? 0);
  const time = `${steps} steps in ${seconds.value.toFixed(1)} s`;
  if (phase.value === 'running') return snapshot.value === null ? 'The engine starts …' : 'Training …';
  if (phase.value === 'paused') return `Paused after ${steps} steps.`;
  switch (outcome.value) {
    case 'stopped':
      return `It stopped by itself after ${time}. Measure it.`;
    case 'completed':
      return `Trained: ${time}. Measure it.`;
    case 'diverged':
      return `The loss is no longer a number after ${steps} steps. Try a lower learning rate.`;
    default:
      return '';
  }
}

function shown(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? '–' : text(value);
}
