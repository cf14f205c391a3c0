/** What a reader has set, kept in the address, so that every view can be shared. */
import {type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import type {Codec} from './codecs.ts';

/**
 * A signal that begins as the address says and is written back to it. The page is built with `initial`, so the address is
 * read once the page has come alive.
 *
 * @param name parameter of the address, such as `dial.beta`
 */
export function useUrlState<T>(name: string, initial: T, {parse, format}: Codec<T>): Signal<T> {
  const state = useSignal(initial);
  useEffect(() => {
    const text = new URLSearchParams(location.search).get(name);
    const value = text === null ? undefined : parse(text);
    if (value !== undefined) state.value = value;
    return state.subscribe((now) => write(name, format(now), format(initial)));
    // The name of a state and how it is written never change.
  }, []);
  return state;
}

const pending = new Map<string, string | null>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Browsers take only so many changes of the address in a second, so they go in one. */
function write(name: string, text: string, initial: string): void {
  pending.set(name, text === initial ? null : text);
  timer ??= setTimeout(() => {
    timer = undefined;
    const url = new URL(location.href);
    for (const [key, value] of pending) {
      if (value === null) url.searchParams.delete(key);
      else url.searchParams.set(key, value);
    }
    pending.clear();
    if (url.href !== location.href) history.replaceState(history.state, '', url);
  }, 300);
}
