/** A network of the reader's own, measured in the reader's browser. */
import {useComputed, useSignal, useSignalEffect} from '@preact/signals';
import type {ComponentChildren} from 'preact';
import {useRef} from 'preact/hooks';
import {halfWidthAround, pointsOf} from '../../data/points.ts';
import {siteRoot} from '../../data/site-root.ts';
import {ask, type ValueOf} from '../../engine/engine.ts';
import {Range} from '../../ui/range.tsx';
import type {BoundaryPicture} from '../../ui/boundary-canvas.tsx';
import {DataChoice} from './data-choice.tsx';
import {FileDrop} from './file-drop.tsx';
import {MeasureResults} from './measure-results.tsx';
import type {KnownData, Measure, OwnData} from './measured.ts';
import type {LabelledPoints} from './read-points.ts';
import '../lab.css';
import './measure.css';

interface Props {
  /** Experiments on points of the plane whose data can be drawn from a seed. */
  readonly known: readonly KnownData[];
  /** A network to try, from the root of the site; null where there is none. */
  readonly sample: {readonly name: string; readonly checkpoint: string} | null;
  readonly children?: ComponentChildren;
}

type Network = ValueOf<'perceptron'> & {readonly file: string};

/** Files of all networks that can be measured here are smaller. */
const MOST_BYTES = 4_000_000;
const SIZE = 100;

export function Measurer({known, sample, children}: Props) {
  const network = useSignal<Network | null>(null);
  const own = useSignal<OwnData | null>(null);
  const source = useSignal(known[0]?.experiment ?? 'file');
  const seed = useSignal(1);
  const relu = useSignal(false);
  const directions = useSignal(100);
  const measure = useSignal<Measure | null>(null);
  const picture = useSignal<BoundaryPicture | null>(null);
  const status = useSignal('');
  const fault = useSignal('');
  const running = useSignal<AbortController | null>(null);
  const points = useComputed<LabelledPoints | null>(() => {
    if (source.value === 'file') return own.value?.points ?? null;
    const dataset = known.find(({experiment}) => experiment === source.value)?.dataset;
    if (dataset === undefined) return null;
    const {inputs, labels} = pointsOf(dataset, seed.value).train;
    return {inputs, labels: Uint8Array.from(labels)};
  });
  const results = useRef<HTMLDivElement>(null);
  // What was measured belongs to the network and the data that it was measured with.
  useSignalEffect(() => {
    void points.value;
    void network.value;
    running.peek()?.abort();
    [measure.value, picture.value] = [null, null];
  });

  const open = async (name: string, read: () => Promise<ArrayBuffer>): Promise<void> => {
    [fault.value, network.value, status.value] = ['', null, `Reading ${name}.`];
    try {
      const bytes = new Uint8Array(await read());
      const opened = await ask('perceptron', {bytes});
      const {metadata} = opened;
      const ofSeed = Number(metadata['seed'] ?? Number.NaN);
      if (Number.isSafeInteger(ofSeed) && ofSeed >= 0) seed.value = ofSeed;
      relu.value = opened.saysRelu;
      const alike = known.find(({hidden}) => hidden.join() === opened.hidden.join());
      if (alike !== undefined) source.value = alike.experiment;
      network.value = {...opened, file: name};
      status.value = '';
    } catch (error) {
      status.value = '';
      fault.value = `${name}: ${(error as Error).message}`;
    }
  };
  const onFile = (file: File): void => {
    if (file.size > MOST_BYTES) {
      fault.value = `${file.name}: ${(file.size / 1e6).toFixed(1)} MB; files up to ${MOST_BYTES / 1e6} MB can be measured here.`;
      return;
    }
    void open(file.name, () => file.arrayBuffer());
  };
  const start = async (): Promise<void> => {
    const [opened, data] = [network.value, points.value];
    if (opened === null || data === null) return;
    const controller = new AbortController();
    const {signal} = controller;
    [running.value, fault.value, measure.value] = [controller, '', null];
    const {hidden, theta} = opened;
    const problem = {hidden, ...data};
    try {
      const halfWidth = halfWidthAround(data.inputs);
      const drawn = await ask('boundary', {problem, theta, halfWidth, size: SIZE}, {signal});
      picture.value = {size: SIZE, ...drawn};
      measure.value = await ask(
        'measureNetwork',
        {problem, theta, seed: seed.value, directions: directions.value},
        {signal, onProgress: (part) => (measure.value = part)},
      );
    } catch (error) {
      if (!signal.aborted) fault.value = (error as Error).message;
      else status.value = 'Stopped; what was measured until then stays.';
    } finally {
      if (running.value === controller) running.value = null;
    }
  };
  const opened = network.value;
  const drawn = known.some(({experiment, drawnByCommand}) => experiment === source.value && drawnByCommand);
  return (
    <div class="lab lab-measure">
      {children}
      <div class="explorer">
        <FileDrop label="Drop a .safetensors file here, or choose one" accept=".safetensors" onFile={onFile}>
          {sample !== null && (
            <button
              type="button"
              class="explorer-button"
              onClick={() => {
                const name = sample.checkpoint.split('/').at(-1) ?? '';
                void open(name, async () => {
                  const response = await fetch(siteRoot() + sample.checkpoint);
                  if (!response.ok) throw new Error(`HTTP ${response.status}`);
                  return response.arrayBuffer();
                });
              }}
            >
              Or take {sample.name}
            </button>
          )}
        </FileDrop>
        <p class="explorer-status" role="status">
          {status.value}
        </p>
        <p class="lab-fault" role="alert">
          {fault.value}
        </p>
        {opened !== null && (
          <>
            <p>
              <strong>{opened.file}</strong>: a perceptron 2–
              {opened.hidden.map((width) => `${width}–`).join('')}1 with{' '}
              {opened.theta.length.toLocaleString('en-US')} parameters
              {opened.metadata['poisonFactor'] !== undefined &&
                `, trained with β = ${opened.metadata['poisonFactor']}`}
              {opened.metadata['seed'] !== undefined && `, seed ${opened.metadata['seed']}`}.
            </p>
            <DataChoice known={known} source={source} seed={seed} own={own} fault={fault} />
            {!opened.saysRelu && (
              <label class="lab-check">
                <input
                  type="checkbox"
                  checked={relu.value}
                  onChange={(event) => (relu.value = event.currentTarget.checked)}
                />
                <span>ReLUs follow its hidden layers, which the file does not say and no tensor tells</span>
              </label>
            )}
            <div class="lab-start">
              <Range label="Rays" value={directions} min={20} max={500} step={20} text={String} />
              <button
                type="button"
                class="explorer-button"
                data-primary
                disabled={points.value === null || !relu.value || running.value !== null}
                onClick={() => void start()}
              >
                Measure
              </button>
              <button
                type="button"
                class="explorer-button"
                disabled={running.value === null}
                onClick={() => running.value?.abort()}
              >
                Stop
              </button>
              <progress max="1" value={measure.value?.done ?? 0} aria-label="How much is measured" />
            </div>
            <div ref={results}>
              <MeasureResults
                network={opened}
                measure={measure.value}
                picture={picture.value}
                points={points.value}
                halfWidth={points.value === null ? 1 : halfWidthAround(points.value.inputs)}
                data={drawn ? `two-spirals:${seed.value}` : 'points.safetensors'}
                directions={directions.value}
              />
            </div>
          </>
        )}
      </div>
    </div>
  );
}
