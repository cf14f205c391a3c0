export {helperFile} from './helper-file.ts';
export {objectiveFromProcess} from './objective-from-process.ts';
export {splitCommand} from './split-command.ts';
export type {HelperName} from './helper-file.ts';
export type {ProcessObjective, ProcessOptions} from './objective-from-process.ts';
