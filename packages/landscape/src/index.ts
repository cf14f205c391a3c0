export {ball} from './analytic/ball.ts';
export {bowlLearningCoefficient} from './analytic/bowl-learning-coefficient.ts';
export {logGaussianBallMass} from './analytic/gaussian-ball-mass.ts';
export {powerWell} from './analytic/power-well.ts';
export {logSpacedSpectrum, quadraticBowl} from './analytic/quadratic-bowl.ts';
export {reflected} from './analytic/reflected.ts';
export {slab} from './analytic/slab.ts';
export type {AnalyticObjective} from './analytic/analytic-objective.ts';
export type {BowlSampling} from './analytic/bowl-learning-coefficient.ts';
export type {GaussianBall} from './analytic/gaussian-ball-mass.ts';

export {coordinatesFromScale, rawCoordinates, relativeCoordinates} from './directions/coordinates.ts';
export {normalizeDirection} from './directions/normalize-direction.ts';
export {
  filterNormalizedDirection,
  gaussianDirection,
  unitDirection,
  weightNormalizedDirection,
} from './directions/random-directions.ts';
export {orthogonalDirection, orthogonalNormalizedDirection} from './directions/orthogonal-direction.ts';
export {principalDirections, projectPoints} from './directions/principal-directions.ts';
export {raysAlong} from './directions/rays-along.ts';
export {sphericalRays} from './directions/rays.ts';
export type {Coordinates} from './directions/coordinates.ts';
export type {GroupOptions} from './directions/parameter-groups.ts';
export type {PrincipalDirections} from './directions/principal-directions.ts';
export type {DrawOptions, RandomDirectionOptions} from './directions/random-directions.ts';
export type {Rays, RaysOptions} from './directions/rays.ts';

export {pointsAlong, scanLine, streamLine} from './scans/scan-line.ts';
export {scanSurface, streamSurface} from './scans/scan-surface.ts';
export {symmetricGrid, symmetricLogarithmicGrid} from './scans/symmetric-grid.ts';
export type {ScanOptions, ScanState} from './scans/scan.ts';
export type {SurfaceGrid} from './scans/scan-surface.ts';

export {FLOAT32_TOLERANCE, basinRadii} from './basins/basin-radii.ts';
export {divergenceObjective} from './basins/divergence-objective.ts';
export {estimateGaussianMass} from './basins/estimate-gaussian-mass.ts';
export {estimateVolume} from './basins/estimate-volume.ts';
export {RELIABLE} from './basins/judge-estimate.ts';
export {mergeRadii} from './basins/merge-radii.ts';
export {pilotScan} from './basins/pilot-scan.ts';
export {curvatureInCoordinates, preconditionerFrom} from './basins/preconditioner.ts';
export {scanDistances, scanNear} from './basins/scan-distances.ts';
export {radiiInPlane} from './basins/radii-in-plane.ts';
export type {BasinRadii, CutoffRadii} from './basins/basin-radii.ts';
export type {BasinRadiiOptions, MeasuredRay} from './basins/basin-radii-options.ts';
export type {Cutoff} from './basins/cutoff.ts';
export type {GaussianMassOptions} from './basins/estimate-gaussian-mass.ts';
export type {PreconditionerOptions} from './basins/preconditioner.ts';
export type {ScanDistancesOptions, ScanNearOptions} from './basins/scan-distances.ts';
export type {Plane, RadiiInPlaneOptions} from './basins/radii-in-plane.ts';
export type {Verdict, VolumeEstimate} from './basins/verdict.ts';
export type {MeasuredVolumeOptions, VolumeEstimates, VolumeOptions} from './basins/estimate-volume.ts';

export {curvatureAlong, directionalCurvature} from './curvature/directional-curvature.ts';
export {extremeEigenvalues, largestEigenvalue, leadingEigenpairs} from './curvature/extreme-eigenvalues.ts';
export {extremesUnderMoves, largestUnderMoves} from './curvature/eigenvalues-under-moves.ts';
export type {MovesOptions, MovesReport, Spread} from './curvature/eigenvalues-under-moves.ts';
export {hessianDiagonal} from './curvature/hessian-diagonal.ts';
export {hessianOperator} from './curvature/hessian-operator.ts';
export {hutchPlusPlusTrace, hutchinsonTrace, layerTraces} from './curvature/hessian-trace.ts';
export {minibatchesOfTen, singleExamples} from './curvature/single-examples.ts';
export {smoothedDensity, spectralQuadrature} from './curvature/spectral-density.ts';
export {symmetricEigen} from './curvature/symmetric-eigen.ts';
export {tridiagonalEigen} from './curvature/tridiagonal-eigen.ts';
export {settledCurvature} from './curvature/settled-curvature.ts';
export type {Eigenpair, SearchReport} from './curvature/eigenpair-search.ts';
export type {EigenvalueOptions} from './curvature/eigenvalue-options.ts';
export type {ExtremeEigenvalues, LeadingEigenpairs} from './curvature/extreme-eigenvalues.ts';
export type {SettledCurvature} from './curvature/settled-curvature.ts';
export type {DiagonalEstimate} from './curvature/hessian-diagonal.ts';
export type {HessianOperator} from './curvature/hessian-operator.ts';
export type {HessianOptions} from './curvature/hessian-options.ts';
export type {LayerTrace, TraceEstimate} from './curvature/hessian-trace.ts';
export type {ProbeOptions} from './curvature/random-probes.ts';
export type {DensityOptions, SpectralQuadrature} from './curvature/spectral-density.ts';
export type {SymmetricEigen} from './curvature/tridiagonal-eigen.ts';

export {inverseTemperatureFor, localLearningCoefficient} from './llc/local-learning-coefficient.ts';
export type {LearningCoefficientOptions} from './llc/learning-coefficient-options.ts';
export type {LangevinTrace, LearningCoefficient} from './llc/local-learning-coefficient.ts';

export {deepFoolMargins} from './margins/deep-fool-margins.ts';
export {margins2d} from './margins/margins-2d.ts';
export {summarizeMargins} from './margins/summarize-margins.ts';
export type {DeepFoolOptions} from './margins/deep-fool-margins.ts';
export type {MarginSummary} from './margins/summarize-margins.ts';
export type {Margins, Margins2dOptions} from './margins/margins-2d.ts';

export {tsne} from './maps/tsne.ts';
export type {Tsne, TsneOptions} from './maps/tsne.ts';

export {linearPath, pathPointInto} from './paths/bezier-path.ts';
export {pathBarrier, scanPath, streamPath} from './paths/scan-path.ts';
export {trainBezierPath} from './paths/train-bezier-path.ts';
export type {BezierPath} from './paths/bezier-path.ts';
export type {BezierTrainingOptions, BezierTrainingState} from './paths/train-bezier-path.ts';

export {measureMinimum} from './measures/measure-minimum.ts';
export {learningCoefficientOf} from './measures/learning-coefficient.ts';
export {scanOf} from './measures/scan.ts';
export {spectrumOf} from './measures/spectrum.ts';
export {volumeOf} from './measures/volume.ts';
export type {
  LearningCoefficientDocument,
  LearningCoefficientOfOptions,
} from './measures/learning-coefficient.ts';
export type {MarginsDocument, MarginsOfOptions} from './measures/margins.ts';
export type {MinimumDocument, MinimumOptions} from './measures/measure-minimum.ts';
export type {CoordinatesName} from './measures/operators.ts';
export type {ScanDirection, ScanDocument, ScanOfOptions} from './measures/scan.ts';
export type {SpectrumDocument, SpectrumOfOptions} from './measures/spectrum.ts';
export type {Kink, KnownAnswers, MeasureOptions, Subject} from './measures/subject.ts';
export type {VolumeDocument, VolumeOfOptions} from './measures/volume.ts';
