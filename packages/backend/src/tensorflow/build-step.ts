import type {PinnedFile} from './release.ts';

/** What a build is doing: how much of a file has come, or one of what follows. */
export type BuildStep =
  | {readonly step: 'fetch'; readonly file: PinnedFile; readonly received: number}
  | {readonly step: 'compile' | 'try'};
