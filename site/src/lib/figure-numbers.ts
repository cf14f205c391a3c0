/** Numbers of the article's figures, explorers included, in the order in which they stand. */

/** What a reader meets from top to bottom; a test holds the page against it. */
export const ARTICLE_FIGURES = [
  'dial',
  'own',
  'gap',
  'margin',
  'shake',
  'surface',
  'curvature',
  'star',
  'dimension',
  'volume',
  'bend',
  'pictures',
  'pictures-volume',
  'walk',
  'map',
] as const;

export type ArticleFigure = (typeof ARTICLE_FIGURES)[number];

/** `Figure 3` is `figureNumber('gap', page)`; null on any page but the article, and for figures that it does not have. */
export function figureNumber(id: string, {pathname}: Pick<URL, 'pathname'>): number | null {
  if (!/\/(?:index\.html)?$/.test(pathname)) return null;
  const place = (ARTICLE_FIGURES as readonly string[]).indexOf(id);
  return place < 0 ? null : place + 1;
}
