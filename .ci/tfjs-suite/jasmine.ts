/** Puts jasmine's functions where the specs look for them. */
import jasmineRequire from 'jasmine-core/lib/jasmine-core/jasmine.js';

const jasmine = jasmineRequire.core(jasmineRequire);
Object.assign(globalThis, {jasmine}, jasmineRequire.interface(jasmine, jasmine.getEnv()));

// A matcher of jasmine's counts with an `i` that it does not declare, which a module may not.
Object.assign(globalThis, {i: 0});
