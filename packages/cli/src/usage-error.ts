/** Something that the person at the terminal can put right; its message says how. */
export class UsageError extends Error {}
