import {accessibleTests} from './accessible.ts';
import {bendTests} from './bend.ts';
import {betsTests} from './bets.ts';
import {dialTests} from './dial.ts';
import {dimensionTests} from './dimension.ts';
import {inChromium} from './in-chromium.ts';
import {labTests} from './lab.ts';
import {labMeasureTests} from './lab-measure.ts';
import {ownTests} from './own.ts';
import {perturbedTests} from './perturbed.ts';
import {shakeTests} from './shake.ts';
import {stageTests} from './stages.ts';
import {starTests} from './star.ts';
import {surfaceTests} from './surface.ts';
import {walkTests} from './walk.ts';

inChromium({
  'the poison dial': dialTests,
  'shaking the weights': shakeTests,
  'leaving both minima on their own scales': perturbedTests,
  'surface and pit': surfaceTests,
  'the basin star': starTests,
  'the dimension lever': dimensionTests,
  'make your own bad minimum': ownTests,
  'from bad to good': bendTests,
  'the walk through the minefield': walkTests,
  bets: betsTests,
  'the laboratory': labTests,
  'a network of one’s own in the laboratory': labMeasureTests,
  'all explorers': accessibleTests,
  'stages of explorers': stageTests,
});
