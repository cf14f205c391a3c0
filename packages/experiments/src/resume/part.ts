/** A piece of a job that is kept until the job's record is written, so that a job that was broken off goes on from it. */
export interface Part {
  /** What was saved last; undefined where nothing was, or nothing that can be used. */
  load(): Promise<unknown>;
  /** Never throws: a piece that cannot be kept costs time after a break, not the job. */
  save(value: unknown): Promise<void>;
}

/** The pieces of one job by name: lower-case letters, digits and hyphens. */
export type Parts = (name: string) => Part;

/** Name of the part that holds a run's network while it trains. */
export const TRAINING_PART = 'training';

/** Where pieces lie as bytes: a folder, or the Redis of a queue. */
export interface PartStorage {
  read(file: string): Promise<Uint8Array | undefined>;
  write(file: string, bytes: Uint8Array): Promise<void>;
}

/** Opens the storage at a URL: `file:` of a folder, `redis:` of a queue. */
export type OpenStorage = (place: string) => PartStorage;

/** What was kept under a part, or else what the work gives, which is then kept. */
export async function keptOr<T>(
  part: Part | undefined,
  isUsable: (value: unknown) => value is T,
  work: () => Promise<T>,
): Promise<T> {
  const found = await part?.load();
  if (isUsable(found)) return found;
  const made = await work();
  await part?.save(made);
  return made;
}
