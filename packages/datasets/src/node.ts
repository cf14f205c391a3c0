export {readSvhnFile} from './svhn/read-svhn-file.ts';
export type {ReadSvhnOptions, SvhnImages} from './svhn/read-svhn-file.ts';
