/** Where the repository lives: the root manifest's `repository`, and nowhere else. */
import {readFileSync, writeFileSync} from 'node:fs';

const MANIFEST = 'package.json';

/** @returns the address of the repository's page, without `.git` and final slash */
export function readAddress(): string {
  const {repository} = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {repository?: unknown};
  return parseAddress(String(repository));
}

/** @throws RangeError where `text` is no address of a repository on the web */
export function parseAddress(text: string): string {
  const url = URL.parse(text.trim().replace(/^git\+/, ''));
  if (url?.protocol !== 'https:' || url.pathname === '/' || url.search !== '' || url.hash !== '') {
    throw new RangeError(
      `release: expected the repository's address, such as https://github.com/owner/minefield, got "${text}"`,
    );
  }
  return url.href.replace(/\/$/, '').replace(/\.git$/, '');
}

/** Names under `.invalid` belong to nobody, for ever (RFC 2606). */
export function isPlaceholder(address: string): boolean {
  return new URL(address).hostname.endsWith('.invalid');
}

export function writeAddress(address: string): void {
  const text = readFileSync(MANIFEST, 'utf8');
  const {repository} = JSON.parse(text) as {repository: string};
  writeFileSync(
    MANIFEST,
    text.replace(JSON.stringify(repository), () => JSON.stringify(address)),
  );
}
