/** Decision boundaries of the pinned runs, all on one scale: from records where they are kept, else made here. */
import {type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import type {AnalysisOf} from '@minefield/results';
import {drawableHidden} from '../../data/perceptron.ts';
import {halfWidthAround, pointsOf} from '../../data/points.ts';
import {siteRoot} from '../../data/site-root.ts';
import {ask} from '../../engine/engine.ts';
import {BoundaryCanvas, type BoundaryPicture, type PlanePointSet} from '../../ui/boundary-canvas.tsx';
import {loadLabRecords} from '../data/lab-file.ts';
import {type Pinned, useRecords} from './pinned.ts';

interface Props {
  readonly pinned: readonly Pinned[];
  readonly fault: Signal<string>;
}

export function Boundaries({pinned, fault}: Props) {
  const records = useRecords(pinned, 'boundary', fault);
  const onPlane = pinned.filter(({experiment}) => experiment.spec.model.name === 'mlp');
  const others = pinned.filter((one) => !onPlane.includes(one));
  return (
    <section class="lab-part">
      <h4>Decision boundaries</h4>
      <p class="lab-note">
        {onPlane.length > 0 && 'With the training points; a cross is one that the network gets wrong. '}
        {others.length > 0 &&
          `${others.map(({mark}) => mark.letter).join(', ')}: pictures have no plane to draw; see the examples below.`}
      </p>
      {onPlane.length > 0 && (
        <ul class="lab-planes">
          {onPlane.map((one) => (
            <li key={one.id}>
              <p>
                <strong>{one.mark.letter}</strong> {one.name}
              </p>
              <Boundary pinned={one} record={records.get(one.id)} fault={fault} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface Drawn {
  readonly picture: BoundaryPicture;
  readonly points: PlanePointSet;
  readonly halfWidth: number;
}

/** Points a side, as in records. */
const SIZE = 100;

function Boundary({
  pinned,
  record,
  fault,
}: {
  readonly pinned: Pinned;
  /** undefined while it is on its way, null where there is none. */
  readonly record: AnalysisOf<'boundary'> | null | undefined;
  readonly fault: Signal<string>;
}) {
  const drawn = useSignal<Drawn | null>(null);
  useEffect(() => {
    if (record === undefined) return undefined;
    const controller = new AbortController();
    const draw = async (): Promise<void> => {
      drawn.value = record === null ? await computed(pinned, controller.signal) : recorded(record);
    };
    draw().catch((error: Error) => {
      if (!controller.signal.aborted) fault.value = error.message;
    });
    return () => controller.abort();
  }, [record, pinned.id]);
  return (
    <div data-source={record === undefined ? undefined : record === null ? 'computed' : 'record'}>
      <BoundaryCanvas
        label={`Decision boundary of ${pinned.name}`}
        picture={drawn.value?.picture ?? null}
        halfWidth={drawn.value?.halfWidth ?? 1}
        points={drawn.value?.points ?? null}
      />
    </div>
  );
}

function recorded({data}: AnalysisOf<'boundary'>): Drawn {
  const {x, y, label, correct} = data.train;
  return {
    picture: {
      size: data.size,
      logits: Float32Array.from(data.logits),
      // Records say whether each point is right; how far it is from being wrong is not drawn.
      atPoints: Float32Array.from(label, (truth, i) => (correct[i] === (truth === 1) ? 1 : -1)),
    },
    points: {inputs: Float32Array.from(label.flatMap((_, i) => [x[i] ?? 0, y[i] ?? 0])), labels: label},
    halfWidth: data.extent[1],
  };
}

async function computed({experiment, id, name, seed}: Pinned, signal: AbortSignal): Promise<Drawn> {
  const {dataset, model} = experiment.spec;
  const hidden = drawableHidden(model);
  if (hidden === null)
    throw new Error(`Only networks of ReLUs with biases are drawn here; ${name} is another.`);
  const checkpoint = (await loadLabRecords())[id]?.['checkpoint'];
  if (checkpoint === undefined) throw new Error(`The network of ${name} was not kept.`);
  const theta = await ask('checkpoint', {address: siteRoot() + checkpoint, hidden}, {signal});
  const points = pointsOf(dataset, seed).train;
  const {inputs} = points;
  const labels = Uint8Array.from(points.labels);
  const halfWidth = experiment.halfWidth ?? halfWidthAround(inputs);
  const value = await ask(
    'boundary',
    {problem: {hidden, inputs, labels}, theta, halfWidth, size: SIZE},
    {signal},
  );
  return {picture: {size: SIZE, ...value}, points: {inputs, labels}, halfWidth};
}
