import {useEffect, useState} from 'preact/hooks';

/** A number that changes with the page's colours, for what is drawn on a canvas and cannot inherit them. */
export function useAppearance(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = (): void => setChanges((count) => count + 1);
    const query = matchMedia('(prefers-color-scheme: dark)');
    query.addEventListener('change', changed);
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
    return () => {
      query.removeEventListener('change', changed);
      observer.disconnect();
    };
  }, []);
  return changes;
}
