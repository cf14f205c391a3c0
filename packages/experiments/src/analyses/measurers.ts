import type {AnalysisName} from '@minefield/spec';
import {measureAlternative} from './alternatives.ts';
import {measureBasin} from './basin.ts';
import {measureBoundary} from './boundary.ts';
import {measureConnectivity} from './connectivity.ts';
import {measureCurvature} from './curvature.ts';
import {measureGuess} from './guess.ts';
import {measureLine} from './line.ts';
import {measureLinear} from './linear.ts';
import {measureLlc} from './llc.ts';
import {measureMargin} from './margin.ts';
import {measureMatched} from './matched.ts';
import type {Measurement, Measurer} from './measurement.ts';
import {mapMinefield} from './minefield.ts';
import {measurePerturbation} from './perturbation.ts';
import {measurePreconditioned} from './preconditioned.ts';
import {measurePredictions} from './predictions.ts';
import {searchFromPath} from './search.ts';
import {measureSpectrum} from './spectrum.ts';
import {measureSurface} from './surface.ts';
import {measureTrajectory} from './trajectory.ts';
import {measureUnits} from './units.ts';

/** How each analysis is made. */
export const measurers: {readonly [Name in AnalysisName]: Measurer<Name>} = {
  boundary: dataOnly(measureBoundary),
  line: dataOnly(measureLine),
  surface: dataOnly(measureSurface),
  perturbation: dataOnly(measurePerturbation),
  basin: dataOnly(measureBasin),
  preconditioned: dataOnly(measurePreconditioned),
  curvature: dataOnly(measureCurvature),
  spectrum: dataOnly(measureSpectrum),
  llc: dataOnly(measureLlc),
  margin: dataOnly(measureMargin),
  predictions: dataOnly(measurePredictions),
  trajectory: dataOnly(measureTrajectory),
  connectivity: dataOnly(measureConnectivity),
  matched: dataOnly(measureMatched),
  alternatives: dataOnly(measureAlternative),
  units: dataOnly(measureUnits),
  guess: dataOnly(measureGuess),
  linear: dataOnly(measureLinear),
  search: searchFromPath,
  minefield: dataOnly(mapMinefield),
};

function dataOnly<Name extends AnalysisName>(measure: Measurement<Name>): Measurer<Name> {
  return async (...parameters) => ({data: await measure(...parameters)});
}
