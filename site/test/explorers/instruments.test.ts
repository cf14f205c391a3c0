import {accessibleTests} from './accessible.ts';
import {dialTests} from './dial.ts';
import {inChromium} from './in-chromium.ts';
import {shakeTests} from './shake.ts';
import {starTests} from './star.ts';
import {surfaceTests} from './surface.ts';

inChromium({
  'the poison dial': dialTests,
  'shaking the weights': shakeTests,
  'surface and pit': surfaceTests,
  'the basin star': starTests,
  'all explorers': accessibleTests,
});
