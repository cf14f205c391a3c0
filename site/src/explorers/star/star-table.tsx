/** What the rays say of both basins so far. */
import {type VolumeEstimate, estimateVolume} from '@minefield/landscape';
import {shortNumber} from '../data/format.ts';
import {type RayRadii, decades} from './statistics.ts';
import type {Pair} from './use-rays.ts';

interface Column {
  readonly rays: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
  readonly volume: VolumeEstimate;
}

export function StarTable({sides, cutoff}: {readonly sides: Pair<RayRadii | null>; readonly cutoff: number}) {
  const [good, bad] = sides.map(columnOf) as [Column | null, Column | null];
  const row = (
    name: string,
    of: (column: Column) => string,
    both?: (good: Column, bad: Column) => string,
  ): readonly string[] => [
    name,
    good === null ? '–' : of(good),
    bad === null ? '–' : of(bad),
    both === undefined || good === null || bad === null ? '' : both(good, bad),
  ];
  const rows = [
    row('rays', ({rays}) => String(rays)),
    row(
      'mean relative radius',
      ({mean}) => shortNumber(mean, 4),
      (a, b) => `${shortNumber(a.mean / b.mean)}×`,
    ),
    row('smallest', ({least}) => shortNumber(least, 4)),
    row('largest', ({most}) => shortNumber(most, 4)),
    row(
      'log₁₀ volume, from the mean over rays',
      ({volume}) => ten(volume.logVolume),
      (a, b) => difference(a.volume.logVolume, b.volume.logVolume),
    ),
    row('gained by doubling the rays', ({volume}) => gained(volume)),
    row(
      'log₁₀ volume, from the mean logarithm',
      ({volume}) => ten(volume.stableLogVolume),
      (a, b) => difference(a.volume.stableLogVolume, b.volume.stableLogVolume),
    ),
    row('effective sample size', ({volume}) => shortNumber(volume.effectiveSampleSize)),
    row('weight of the largest ray', ({volume}) => `${(100 * volume.largestWeight).toFixed(1)}%`),
    row('verdict', ({volume}) => volume.verdict),
  ];
  return (
    <table class="star-table">
      <caption>
        Basins below a loss of {cutoff}, {dimensionOf(sides)} weights, in relative coordinates
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">good</th>
          <th scope="col">bad</th>
          <th scope="col">good / bad</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name = '', ...values]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {values.map((value, i) => (
              <td key={i}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function columnOf(side: RayRadii | null): Column | null {
  if (side === null || side.radii.length === 0) return null;
  const {radii, ...options} = side;
  const reached = Array.from(radii, (radius) => Math.min(radius, side.maximum));
  return {
    rays: reached.length,
    mean: reached.reduce((sum, radius) => sum + radius, 0) / reached.length,
    least: Math.min(...reached),
    most: Math.max(...reached),
    volume: estimateVolume(radii, options).relative,
  };
}

function dimensionOf(sides: Pair<RayRadii | null>): string {
  return (sides[0] ?? sides[1])?.dimension.toLocaleString('en') ?? '–';
}

function ten(natural: number | null): string {
  return natural === null ? '–' : whole(decades(natural));
}

function gained({logVolume, logVolumeAtHalf}: VolumeEstimate): string {
  return logVolume === null || logVolumeAtHalf === null
    ? '–'
    : whole(decades(logVolume - logVolumeAtHalf), '+');
}

function difference(good: number | null, bad: number | null): string {
  return good === null || bad === null ? '' : whole(decades(good - bad), '+');
}

function whole(value: number, sign = ''): string {
  const rounded = Math.round(value);
  const text = Math.abs(rounded).toLocaleString('en');
  return rounded < 0 ? `−${text}` : `${rounded > 0 ? sign : ''}${text}`;
}
