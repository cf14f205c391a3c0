export {canonicalJson, identityOf} from './node/canonical-json.ts';
export {collectProvenance} from './node/collect-provenance.ts';
export type {ProvenanceOptions} from './node/collect-provenance.ts';
export {packageVersions} from './node/package-versions.ts';
export type {RecordAddress} from './node/paths.ts';
export {openStore} from './node/store.ts';
export type {CheckpointReference, Inventory, Store, StoreOptions} from './node/store.ts';
export {StoreError} from './node/store-error.ts';
export {writeAtomically} from './node/write-atomically.ts';
