import {
  functionsLongProfiles,
  functionsProfiles,
  guessesProfiles,
  lettingGoProfiles,
  linearProfiles,
  moreDataProfiles,
  optimizersProfiles,
  roadsProfiles,
  unitsProfiles,
} from './since.ts';
import {circlesProfiles, circlesWideProfiles} from './circles.ts';
import {houseNumbersProfiles} from './house-numbers.ts';
import {minefieldProfiles} from './minefield.ts';
import type {ExperimentSpec} from '../experiment-spec.ts';
import {morePicturesProfiles, pictureOptimizersProfiles} from './pictures-since.ts';
import {resNetProfiles, svhnResNetProfiles} from './res-net.ts';
import {smallPoisonLongProfiles, smallPoisonProfiles, smallPoisonShortProfiles} from './small-poison.ts';
import {svhnProfiles} from './svhn.ts';
import {toyProfiles} from './toy.ts';

/** The experiments that come with the package: name, then profile, the smallest first. */
export const experiments: Readonly<Record<string, Readonly<Record<string, ExperimentSpec>>>> = {
  toy: toyProfiles,
  minefield: minefieldProfiles,
  circles: circlesProfiles,
  'circles-wide': circlesWideProfiles,
  'house-numbers': houseNumbersProfiles,
  svhn: svhnProfiles,
  'res-net': resNetProfiles,
  'svhn-res-net': svhnResNetProfiles,
  optimizers: optimizersProfiles,
  roads: roadsProfiles,
  'letting-go': lettingGoProfiles,
  'more-data': moreDataProfiles,
  units: unitsProfiles,
  'small-poison': smallPoisonProfiles,
  'small-poison-short': smallPoisonShortProfiles,
  'small-poison-long': smallPoisonLongProfiles,
  guesses: guessesProfiles,
  functions: functionsProfiles,
  'functions-long': functionsLongProfiles,
  linear: linearProfiles,
  'picture-optimizers': pictureOptimizersProfiles,
  'more-pictures': morePicturesProfiles,
};
