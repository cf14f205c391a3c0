/** Learning curves of the pinned runs, one over the other. */
import type {LearningCurves, RunRecord} from '@minefield/results';
import {wordCodec} from '../../state/codecs.ts';
import {useUrlState} from '../../state/url-state.ts';
import {Chart, type Series} from '../../ui/chart.tsx';
import {Select} from '../../ui/select.tsx';
import type {Pinned} from './pinned.ts';

interface Props {
  readonly pinned: readonly Pinned[];
  readonly runs: ReadonlyMap<string, RunRecord | null>;
}

type CurveName = Exclude<keyof LearningCurves, 'step'>;

const curves: readonly {
  readonly value: CurveName;
  readonly label: string;
  readonly scale: 'linear' | 'log';
}[] = [
  {value: 'testAccuracy', label: 'test accuracy', scale: 'linear'},
  {value: 'trainAccuracy', label: 'train accuracy', scale: 'linear'},
  {value: 'trainLoss', label: 'train loss, nats', scale: 'log'},
  {value: 'testLoss', label: 'test loss, nats', scale: 'log'},
  {value: 'poisonLoss', label: 'poison loss, nats', scale: 'log'},
  {value: 'gradientNorm', label: 'length of the gradient', scale: 'log'},
  {value: 'learningRate', label: 'learning rate', scale: 'linear'},
];

export function Curves({pinned, runs}: Props) {
  const chosen = useUrlState('lab.curve', 'testAccuracy', wordCodec(curves.map(({value}) => value)));
  const curve = curves.find(({value}) => value === chosen.value) ?? curves[0];
  const series = pinned.flatMap(({id, mark}): readonly Series[] => {
    const data = runs.get(id)?.data.curves;
    if (data === undefined) return [];
    const most = data.step.at(-1) ?? 1;
    return [
      {
        name: id,
        colour: mark.colour,
        kind: 'line',
        dash: mark.dash,
        points: data.step.map((step, i) => [step / most, data[chosen.value][i] ?? Number.NaN]),
      },
    ];
  });
  const values = series.flatMap(({points}) => points.map(([, value]) => value)).filter(Number.isFinite);
  return (
    <section class="lab-part">
      <h4>Learning curves</h4>
      <Select label="Curve" value={chosen} options={curves} />
      <Chart
        label={`${curve?.label} of ${pinned.length} runs during training`}
        x={{label: 'share of the training', domain: [0, 1], format: (share) => `${Math.round(100 * share)}%`}}
        y={yAxis(values, curve?.scale ?? 'linear', curve?.label ?? '')}
        series={series}
        height={260}
      />
    </section>
  );
}

function yAxis(values: readonly number[], scale: 'linear' | 'log', label: string) {
  const format = label.includes('accuracy') ? (share: number) => `${Math.round(100 * share)}%` : undefined;
  if (scale === 'linear') {
    const most = label.includes('accuracy') ? 1 : values.reduce((a, b) => Math.max(a, b), 1e-12);
    return {label, domain: [0, most] as const, ...(format && {format})};
  }
  const positive = values.filter((value) => value > 0);
  const [low, high] = [Math.min(...positive, 1), Math.max(...positive, 1)];
  return {label, scale, domain: [Math.max(low, high * 1e-16) / 1.3, high * 1.3] as const};
}
