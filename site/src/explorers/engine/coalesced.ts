/**
 * For work that follows a reader's hand: while one piece is under way, only the newest of those that were asked for is
 * kept, and starts when the other ends. So what is shown is never further behind than one piece of work.
 */
export function coalesced<Args extends readonly unknown[]>(
  work: (...args: Args) => Promise<void>,
): (...args: Args) => void {
  let busy = false;
  let next: Args | undefined;
  const run = async (args: Args): Promise<void> => {
    busy = true;
    try {
      await work(...args);
    } finally {
      busy = false;
      const newest = next;
      next = undefined;
      if (newest !== undefined) void run(newest);
    }
  };
  return (...args) => {
    if (busy) next = args;
    else void run(args);
  };
}
