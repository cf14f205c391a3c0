import {type ReadonlySignal, type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {siteRoot} from './site-root.ts';

const loaded = new Map<string, Promise<unknown>>();

/** A JSON file of the site, fetched once. @param path from the root of the site @throws {Error} where it is not there */
export function loadFile<T>(path: string): Promise<T> {
  const known = loaded.get(path) ?? fetchFile(path);
  loaded.set(path, known);
  known.catch(() => loaded.delete(path));
  return known as Promise<T>;
}

async function fetchFile(path: string): Promise<unknown> {
  const response = await fetch(siteRoot() + path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return response.json();
}

/** A JSON file of the site, null until it has come; what goes wrong is put into `status`. */
export function useFile<T>(path: string, status: Signal<string>): ReadonlySignal<T | null> {
  const file = useSignal<T | null>(null);
  useEffect(() => {
    // Of two requests the one that was made last counts, whichever comes last.
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const found = await loadFile<T>(path);
        if (wanted) file.value = found;
      } catch (error) {
        if (wanted) status.value = (error as Error).message;
      }
    };
    void load();
    return () => {
      wanted = false;
    };
    // Signals never change.
  }, [path]);
  return file;
}
