import {bendTests} from './bend.ts';
import {betsTests} from './bets.ts';
import {dimensionTests} from './dimension.ts';
import {inChromium} from './in-chromium.ts';
import {labTests} from './lab.ts';
import {labMeasureTests} from './lab-measure.ts';
import {ownTests} from './own.ts';
import {walkTests} from './walk.ts';

inChromium({
  'from bad to good': bendTests,
  'the walk through the minefield': walkTests,
  bets: betsTests,
  'the dimension lever': dimensionTests,
  'make your own bad minimum': ownTests,
  'the laboratory': labTests,
  'a network of one’s own in the laboratory': labMeasureTests,
});
