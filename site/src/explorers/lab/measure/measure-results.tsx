/** What was measured so far: pictures, numbers, and the command that measures the same. */
import {ask} from '../../engine/engine.ts';
import {BoundaryCanvas, type BoundaryPicture} from '../../ui/boundary-canvas.tsx';
import {Panels} from '../../ui/panels.tsx';
import {Readouts} from '../../ui/readouts.tsx';
import {CommandLine} from '../command-line.tsx';
import {percent, significant} from '../format.ts';
import {offerFile} from '../runs/export-runs.ts';
import {measureCommands} from './measure-commands.ts';
import type {Measure} from './measured.ts';
import {RadiiChart} from './radii-chart.tsx';
import type {LabelledPoints} from './read-points.ts';
import {SurfaceCanvas} from './surface-canvas.tsx';

interface Props {
  readonly network: {
    readonly file: string;
    readonly hidden: readonly number[];
    readonly metadata: Readonly<Record<string, string>>;
  };
  readonly measure: Measure | null;
  readonly picture: BoundaryPicture | null;
  readonly points: LabelledPoints | null;
  readonly halfWidth: number;
  /** What `--data` takes. */
  readonly data: string;
  readonly directions: number;
}

export function MeasureResults({network, measure, picture, points, halfWidth, data, directions}: Props) {
  const ours =
    network.metadata['model'] !== undefined && /^[0-9a-f]{64}$/.test(network.metadata['identity'] ?? '');
  const commands = measureCommands({
    file: network.file,
    hidden: network.hidden,
    saysAll: ours,
    data,
    directions,
  });
  const surface = measure?.surface ?? null;
  const reach = surface?.steps.at(-1);
  return (
    <>
      <Panels
        label="Panel"
        panels={[
          {
            title: 'Boundary',
            content: (
              <BoundaryCanvas
                label={`Decision boundary of ${network.file}, with the training points`}
                picture={picture}
                halfWidth={halfWidth}
                points={points}
              />
            ),
          },
          {
            title: reach === undefined ? 'Surface' : `Surface, ±${significant(reach)} relative radius`,
            content: (
              <SurfaceCanvas
                label={`Training loss over a plane through the network, along its first two rays${reach === undefined ? '' : `, out to a relative radius of ${significant(reach)}`}`}
                surface={surface}
              />
            ),
          },
          {title: 'Radii', content: <RadiiChart cutoffs={measure?.cutoffs ?? []} />},
        ]}
      />
      <Readouts
        items={[
          {
            name: 'train loss, nats',
            value: measure === null ? '–' : significant(measure.trainLoss, 5),
            alias: 'xent',
          },
          {name: 'train accuracy', value: percent(measure?.trainAccuracy ?? null), alias: 'acc'},
          {
            name: 'largest eigenvalue, relative',
            value: significantOr(measure?.eigenvalue ?? null, 4),
            alias: 'λ',
          },
          {
            name: 'weights that move',
            value: measure === null ? '–' : measure.dimension.toLocaleString('en-US'),
          },
        ]}
      />
      <div
        class="lab-table lab-settings table-scroll"
        tabIndex={0}
        role="region"
        aria-label="Basin at each cutoff"
      >
        <table>
          <caption class="visually-hidden">Radii and volumes at each cutoff of the loss</caption>
          <thead>
            <tr>
              <th scope="col" class="lab-name">
                Cutoff
              </th>
              {['rays', 'mean radius', 'volume, stable', 'volume, mean over rays', 'effective rays'].map(
                (name) => (
                  <th key={name} scope="col" class="numeric">
                    {name}
                  </th>
                ),
              )}
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {(measure?.cutoffs ?? []).map(({kind, value, applicable, radii, volume}) => (
              <tr key={kind + value} data-cutoff={`${kind}${value}`}>
                <th scope="row" class="lab-name">
                  {value} nats{kind === 'excess' && ' above the network'}
                </th>
                <td class="numeric">{radii.length}</td>
                <td class="numeric" data-value={applicable ? meanOf(radii) : undefined}>
                  {applicable ? significant(meanOf(radii), 5) : '–'}
                </td>
                <td class="numeric">{decades(volume?.stableLogVolume)}</td>
                <td class="numeric">{decades(volume?.logVolume)}</td>
                <td class="numeric">{volume === null ? '–' : significant(volume.effectiveSampleSize)}</td>
                <td>{applicable ? volume?.verdict : 'the network lies above it'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="lab-note">
        Relative radius: distance from the network where each weight counts in units of its filter's
        root-mean-square weight. Volumes are powers of ten (decades) in the same coordinates.
      </p>
      <h4>The same from the command line</h4>
      <p class="lab-note">
        The commands draw rays and probes of their own: the loss is the same to its digits, radii and λ within
        their spread.
      </p>
      {commands.map((command) => (
        <CommandLine key={command} label={`Command: ${command.split(' ', 2).join(' ')}`} text={command} />
      ))}
      {data === 'points.safetensors' && points !== null && (
        <button
          type="button"
          class="explorer-button"
          onClick={async () => {
            const bytes = await ask('pointsFile', points);
            offerFile('points.safetensors', 'application/octet-stream', new Uint8Array(bytes));
          }}
        >
          Download points.safetensors
        </button>
      )}
    </>
  );
}

/** A dash for what is not known yet. */
function significantOr(value: number | null, digits: number): string {
  return value === null ? '–' : significant(value, digits);
}

/** Rays that met no cutoff count as ending where they were given up, as in records. */
function meanOf(radii: Float64Array): number {
  return radii.reduce((sum, radius) => sum + Math.min(radius, 40), 0) / radii.length;
}

function decades(logarithm: number | null | undefined): string {
  return logarithm === null || logarithm === undefined
    ? '–'
    : `10^${(logarithm / Math.LN10).toLocaleString('en-US', {maximumFractionDigits: 0}).replace('-', '−')}`;
}
