/** The start of an identity or a hash, which files, pages and messages name it by: its first 16 digits. */
export function shortIdentity(hash: string): string {
  return hash.slice(0, 16);
}
