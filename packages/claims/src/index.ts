export {agreementOf} from './agreement.ts';
export type {AgreementDocument, Steadiness} from './agreement.ts';
export {CLAIMS_FILE, claimsSchema, parseClaims} from './claim.ts';
export type {Claim, ClaimsDocument, Verdict} from './claim.ts';
export type {ClaimMeasure} from './claim-measure.ts';
export {percent} from './format.ts';
export {spearman} from './statistics.ts';
export {CLAIMED_EXPERIMENTS, verifyAll, verifyClaims} from './verify.ts';
