import type {RefObject} from 'preact';
import {useLayoutEffect, useState} from 'preact/hooks';

/** Width of an element in CSS pixels, as it is and as it becomes; `initial` before the page has come alive. */
export function useWidth(element: RefObject<Element>, initial: number): number {
  const [width, setWidth] = useState(initial);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
