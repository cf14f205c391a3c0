/** So many may be inside at once; others wait, the first come first. */
export interface Places {
  /** @throws the signal's reason where it is aborted before there is room; whoever came in has to leave */
  enter(signal?: AbortSignal): Promise<void>;
  leave(): void;
}

export function places(count: number): Places {
  let free = count;
  const waiting = new Set<() => void>();
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const come = (): void => {
          signal?.removeEventListener('abort', goAway);
          resolve();
        };
        const goAway = (): void => {
          waiting.delete(come);
          reject(signal?.reason as Error);
        };
        waiting.add(come);
        signal?.addEventListener('abort', goAway, {once: true});
      });
    },
    leave() {
      const [next] = waiting;
      if (next === undefined) free += 1;
      else {
        waiting.delete(next);
        next();
      }
    },
  };
}
