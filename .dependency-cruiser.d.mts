/** What the rules are made of, for programs that ask about packages. */
export const floors: readonly (readonly string[])[];
export const experimentFolders: readonly (readonly string[])[];
export const nodePrograms: readonly string[];
