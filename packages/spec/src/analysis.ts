/**
 * The registry of analyses. A new one is its name here, a file in `analyses/` with its settings, and a line in each of the
 * two tables; the compiler then asks for its data (`results`), its measurer, version and cost (`experiments`).
 */
import * as z from 'zod';
import {alternativesSettings, alternativesSpec} from './analyses/alternatives.ts';
import {basinSettings, basinSpec} from './analyses/basin.ts';
import {boundarySettings, boundarySpec} from './analyses/boundary.ts';
import {connectivitySettings, connectivitySpec} from './analyses/connectivity.ts';
import {curvatureSettings, curvatureSpec} from './analyses/curvature.ts';
import {guessSettings, guessSpec} from './analyses/guess.ts';
import {lineSettings, lineSpec} from './analyses/line.ts';
import {linearSettings, linearSpec} from './analyses/linear.ts';
import {llcSettings, llcSpec} from './analyses/llc.ts';
import {marginSettings, marginSpec} from './analyses/margin.ts';
import {matchedSettings, matchedSpec} from './analyses/matched.ts';
import {minefieldSettings, minefieldSpec} from './analyses/minefield.ts';
import {perturbationSettings, perturbationSpec} from './analyses/perturbation.ts';
import {preconditionedSettings, preconditionedSpec} from './analyses/preconditioned.ts';
import {predictionsSettings, predictionsSpec} from './analyses/predictions.ts';
import {searchSettings, searchSpec} from './analyses/search.ts';
import {spectrumSettings, spectrumSpec} from './analyses/spectrum.ts';
import {surfaceSettings, surfaceSpec} from './analyses/surface.ts';
import {trajectorySettings, trajectorySpec} from './analyses/trajectory.ts';
import {unitsSettings, unitsSpec} from './analyses/units.ts';
import type {DeepReadonly} from './deep-readonly.ts';

/** Every analysis, in the order in which a run's are made. */
export const analysisNames = [
  'boundary',
  'line',
  'surface',
  'perturbation',
  'basin',
  'preconditioned',
  'curvature',
  'spectrum',
  'llc',
  'margin',
  'predictions',
  'trajectory',
  'connectivity',
  'matched',
  'alternatives',
  'units',
  'guess',
  'linear',
  'search',
  'minefield',
] as const;

export type AnalysisName = (typeof analysisNames)[number];

/** The settings of one job of an analysis, as jobs and records have them. */
export const analysisSettings = {
  boundary: boundarySettings,
  line: lineSettings,
  surface: surfaceSettings,
  perturbation: perturbationSettings,
  basin: basinSettings,
  preconditioned: preconditionedSettings,
  curvature: curvatureSettings,
  spectrum: spectrumSettings,
  llc: llcSettings,
  margin: marginSettings,
  predictions: predictionsSettings,
  trajectory: trajectorySettings,
  connectivity: connectivitySettings,
  matched: matchedSettings,
  alternatives: alternativesSettings,
  units: unitsSettings,
  guess: guessSettings,
  linear: linearSettings,
  search: searchSettings,
  minefield: minefieldSettings,
} satisfies Record<AnalysisName, z.ZodType>;

export type AnalysisSettings<Name extends AnalysisName = AnalysisName> = {
  [Key in AnalysisName]: DeepReadonly<z.infer<(typeof analysisSettings)[Key]>>;
}[Name];

/** What an experiment's spec says of its analyses: settings, and the runs that they are of. */
export const analysesSchema = z.strictObject({
  boundary: boundarySpec.exactOptional(),
  line: lineSpec.exactOptional(),
  surface: surfaceSpec.exactOptional(),
  perturbation: perturbationSpec.exactOptional(),
  basin: basinSpec.exactOptional(),
  preconditioned: preconditionedSpec.exactOptional(),
  curvature: curvatureSpec.exactOptional(),
  spectrum: spectrumSpec.exactOptional(),
  llc: llcSpec.exactOptional(),
  margin: marginSpec.exactOptional(),
  predictions: predictionsSpec.exactOptional(),
  trajectory: trajectorySpec.exactOptional(),
  connectivity: connectivitySpec.exactOptional(),
  matched: matchedSpec.exactOptional(),
  alternatives: alternativesSpec.exactOptional(),
  units: unitsSpec.exactOptional(),
  guess: guessSpec.exactOptional(),
  linear: linearSpec.exactOptional(),
  search: searchSpec.exactOptional(),
  minefield: minefieldSpec.exactOptional(),
} satisfies Record<AnalysisName, z.ZodType>);

/** The analyses of every run; one that is absent is not made. */
export type AnalysesSpec = DeepReadonly<z.infer<typeof analysesSchema>>;
export type AnalysisSpec<Name extends AnalysisName> = NonNullable<AnalysesSpec[Name]>;

/** What an analysis can be made of: `point` where it looks at the plane of the data, or trains without batch normalization. */
const measurable: Readonly<Record<AnalysisName, 'point' | 'any'>> = {
  boundary: 'point',
  line: 'any',
  surface: 'any',
  perturbation: 'point',
  basin: 'any',
  preconditioned: 'any',
  curvature: 'any',
  spectrum: 'any',
  llc: 'any',
  margin: 'any',
  predictions: 'any',
  trajectory: 'point',
  connectivity: 'point',
  matched: 'point',
  alternatives: 'any',
  units: 'point',
  guess: 'point',
  linear: 'any',
  search: 'point',
  minefield: 'point',
};

/** Analyses that pictures have not. */
export const PLANE_ONLY: readonly AnalysisName[] = analysisNames.filter(
  (name) => measurable[name] === 'point',
);
