/**
 * The way from a page to the root of the site, such as `./` or `../`. All internal links are made of it, so that the
 * built folder works under any path.
 *
 * @param page `Astro.url`
 */
export function rootFrom(page: URL, base: string = import.meta.env.BASE_URL): string {
  const within = page.pathname.slice(base.endsWith('/') ? base.length : base.length + 1);
  return '../'.repeat(within.split('/').length - 1) || './';
}
