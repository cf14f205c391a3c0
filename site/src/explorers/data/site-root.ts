/** The address of the site's root, whatever page this is, with its final slash. */
export function siteRoot(): string {
  return new URL(document.documentElement.dataset['root'] ?? './', location.href).href;
}
