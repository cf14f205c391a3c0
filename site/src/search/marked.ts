/** A stretch of an excerpt. */
export interface Stretch {
  readonly text: string;
  readonly found: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** Takes an excerpt of Pagefind apart, so that nothing of it is read as HTML. */
export function stretchesOf(excerpt: string): Stretch[] {
  const parts = excerpt.split(/<mark>(.*?)<\/mark>/s);
  return parts.flatMap((part, index) => {
    const text = part.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
    return text === '' ? [] : {text, found: index % 2 === 1};
  });
}
