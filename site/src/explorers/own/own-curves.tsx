/** Accuracies and loss while a network trains. */
import {palette} from '@minefield/figures';
import type {LearningCurves} from '@minefield/training';
import {Chart} from '../ui/chart.tsx';
import {thousands} from '../data/format.ts';

interface Props {
  readonly curves: LearningCurves | undefined;
  /** Of the recipe: where the axis ends. */
  readonly steps: number;
}

/** More than there are pixels would only cost time. */
const MOST_POINTS = 150;

export function OwnCurves({curves, steps}: Props) {
  const series = (values: readonly number[] | undefined): (readonly [number, number])[] => {
    if (curves === undefined || values === undefined) return [];
    const every = Math.ceil(values.length / MOST_POINTS);
    return values.flatMap((value, i): (readonly [number, number])[] =>
      i % every === 0 || i === values.length - 1 ? [[curves.step[i] ?? 0, value]] : [],
    );
  };
  const ticks = [0, steps / 2, steps];
  return (
    <>
      <Chart
        label="Accuracy on training and test points by optimizer steps"
        height={164}
        x={{label: '', domain: [0, steps], ticks, format: thousands}}
        y={{label: 'accuracy', domain: [0, 1], ticks: [0, 0.5, 1], format: (share) => `${100 * share}%`}}
        series={[
          {name: 'train', colour: palette.clean, kind: 'line', points: series(curves?.trainAccuracy)},
          {name: 'test', colour: palette.poisoned, kind: 'line', points: series(curves?.testAccuracy)},
        ]}
      />
      <Chart
        label="Cross-entropy on training and test points by optimizer steps"
        height={164}
        x={{label: 'optimizer steps', domain: [0, steps], ticks, format: thousands}}
        y={{label: 'loss (nats)', domain: [1e-4, 30], scale: 'log', ticks: [1e-4, 1e-2, 1, 10]}}
        series={[
          {name: 'train', colour: palette.clean, kind: 'line', points: series(curves?.trainLoss)},
          {name: 'test', colour: palette.poisoned, kind: 'line', points: series(curves?.testLoss)},
        ]}
      />
      <p class="own-key">
        <span>
          <i class="own-key-train" /> training points
        </span>
        <span>
          <i class="own-key-test" /> test points
        </span>
      </p>
    </>
  );
}
