/** Every figure of the site, made from the records once in a build. */
import {
  basinProfiles,
  connectingPaths,
  curvatureAgainstPoison,
  decisionBoundary,
  type FigureSpec,
  generalizationGap,
  langevinTraces,
  learningCoefficientAgainstPoison,
  learningCurves,
  lineScan,
  lossSurface,
  lossTrajectory,
  marginAgainstPoison,
  minefieldMap,
  radiusHistogram,
  spectralDensity,
  speedRatios,
  volumeAgainstGap,
  volumeConvergence,
} from '@minefield/figures';
import type {AnalysisName, AnalysisOf, RunRecord} from '@minefield/results';
import type {Benchmark} from './benchmarks.ts';
import {endsOf} from './ends.ts';
import type {Experiment} from './load-results.ts';
import {pictureExperiments} from './picture-experiments.ts';
import {runFigure} from './runs.ts';
import {siteData} from './site-data.ts';

export interface SiteFigure {
  /** Its name, and that of its file. */
  readonly id: string;
  readonly spec: FigureSpec;
}

/** The caption stands below a figure and says what a heading would. */
const untitled = {title: ''};

let all: Promise<ReadonlyMap<string, SiteFigure>> | undefined;

/** By name; those that nothing was measured for are left out. */
export function figures(): Promise<ReadonlyMap<string, SiteFigure>> {
  return (all ??= make());
}

async function make(): Promise<ReadonlyMap<string, SiteFigure>> {
  const {experiments, benchmarks} = await siteData();
  const made = experiments.flatMap((experiment) => [
    ...(experiment.record.experiment === 'toy' ? storyFigures(experiment) : []),
    ...(pictureExperiments([experiment]).length > 0 ? pictureFigures(experiment) : []),
    ...mapOf(experiment),
    ...experiment.records.runs().flatMap((run) => figuresOfRun(experiment, run)),
  ]);
  const measured = benchmarks.flatMap((benchmark) => {
    // What is aimed at; the table has the rest.
    const aimed = benchmark.rows.flatMap(({name, peerName, ratio, target}) =>
      target === null || ratio === null || peerName === null ? [] : [{name, peerName, ratio, target}],
    );
    return drawn(benchmarkFigure(benchmark), () => speedRatios(aimed, untitled));
  });
  return new Map([...made, ...measured].map((figure) => [figure.id, figure]));
}

/** Name of the figure of a benchmark's document. */
export function benchmarkFigure({file}: Benchmark): string {
  return `speed-${file.replace(/\.json$/, '')}`;
}

function storyFigures({records}: Experiment): SiteFigure[] {
  const runs = records.runs();
  const ends = <N extends AnalysisName>(name: N): readonly AnalysisOf<N>[] => endsOf(records.analyses(name));
  const basins = records.analyses('basin');
  return [
    ...drawn('boundary', () => decisionBoundary(ends('boundary'), untitled)),
    ...drawn('gap', () => generalizationGap(runs, untitled)),
    ...drawn('margin', () => marginAgainstPoison(records.analyses('margin'), untitled)),
    ...drawn('line', () => lineScan(ends('line'), untitled)),
    ...drawn('curvature', () => curvatureAgainstPoison(records.analyses('curvature'), untitled)),
    ...drawn('surface', () => lossSurface(ends('surface'), untitled)),
    ...drawn('spectrum', () => spectralDensity(ends('spectrum'), untitled)),
    ...drawn('trajectory', () => lossTrajectory(ends('trajectory'), untitled)),
    ...records
      .analyses('connectivity')
      .slice(0, 1)
      .flatMap((path) => drawn('paths', () => connectingPaths(path, untitled))),
    ...drawn('llc', () => learningCoefficientAgainstPoison(records.analyses('llc'), untitled)),
    ...drawn('llc-traces', () => langevinTraces(ends('llc'), untitled)),
    ...drawn('profiles', () => basinProfiles(ends('basin'), untitled)),
    ...drawn('radii', () => radiusHistogram(ends('basin'), untitled)),
    ...drawn('volume', () => volumeAgainstGap(runs, basins, untitled)),
    ...drawn('volume-stable', () => volumeAgainstGap(runs, basins, {...untitled, statistic: 'stable'})),
    ...drawn('volume-stretched', () => volumeAgainstGap(runs, records.analyses('preconditioned'), untitled)),
    ...drawn('volume-convergence', () =>
      volumeConvergence(ends('basin'), records.analyses('preconditioned'), untitled),
    ),
  ];
}

/** The same questions asked of a ConvNet on pictures. */
function pictureFigures({record, records}: Experiment): SiteFigure[] {
  const runs = records.runs();
  const of = (name: string, draw: () => FigureSpec): SiteFigure[] =>
    drawn(`${record.experiment}-${name}`, draw);
  const [basins, ends] = [records.analyses('basin'), endsOf(records.analyses('basin'))];
  return [
    ...of('curves', () => learningCurves(endsOf(runs), untitled)),
    ...of('gap', () => generalizationGap(runs, untitled)),
    ...of('margin', () => marginAgainstPoison(records.analyses('margin'), untitled)),
    ...of('curvature', () => curvatureAgainstPoison(records.analyses('curvature'), untitled)),
    ...of('spectrum', () => spectralDensity(endsOf(records.analyses('spectrum')), untitled)),
    ...of('surface', () => lossSurface(endsOf(records.analyses('surface')), untitled)),
    ...of('profiles', () => basinProfiles(ends, untitled)),
    ...of('radii', () => radiusHistogram(ends, untitled)),
    ...of('volume', () => volumeAgainstGap(runs, basins, untitled)),
    ...of('volume-stretched', () => volumeAgainstGap(runs, records.analyses('preconditioned'), untitled)),
  ];
}

/** The minefield around the first path that was searched, of the one experiment that is called so. */
function mapOf({record, records}: Experiment): SiteFigure[] {
  const [map] = records.analyses('minefield');
  if (record.experiment !== 'minefield' || map === undefined) return [];
  return drawn('minefield-map', () => minefieldMap(map, untitled));
}

function figuresOfRun({records}: Experiment, run: RunRecord): SiteFigure[] {
  const of = <N extends AnalysisName>(name: N): readonly AnalysisOf<N>[] =>
    records.analyses(name, {run: run.identity});
  return [
    ...drawn(runFigure(run, 'curves'), () => learningCurves([run], untitled)),
    ...drawn(runFigure(run, 'boundary'), () => decisionBoundary(of('boundary'), untitled)),
    ...drawn(runFigure(run, 'line'), () => lineScan(of('line'), untitled)),
    ...drawn(runFigure(run, 'surface'), () => lossSurface(of('surface'), untitled)),
    ...drawn(runFigure(run, 'spectrum'), () => spectralDensity(of('spectrum'), untitled)),
    ...drawn(runFigure(run, 'trajectory'), () => lossTrajectory(of('trajectory'), untitled)),
    ...drawn(runFigure(run, 'convergence'), () =>
      volumeConvergence(of('basin'), of('preconditioned'), untitled),
    ),
    ...drawn(runFigure(run, 'profiles'), () => basinProfiles(of('basin'), untitled)),
    ...drawn(runFigure(run, 'radii'), () => radiusHistogram(of('basin'), untitled)),
  ];
}

/** The figure, or nothing where the records hold nothing to draw: `figures` says so by a RangeError. */
function drawn(id: string, draw: () => FigureSpec): SiteFigure[] {
  try {
    return [{id, spec: draw()}];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}
