/** Small experiments and doubles, for the tests of this package and of those above it; from source only. */
export {contents} from './contents.ts';
export {counting, failing, readingAfter} from './doubles.ts';
export {portable} from './portable.ts';
export {TINY_MINEFIELD_JOBS, tinyMinefield} from './tiny-minefield.ts';
export {tinyPictures} from './tiny-pictures.ts';
export {tinySpec} from './tiny-spec.ts';
