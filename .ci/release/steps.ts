/** Steps one after another, each told with its time; the first that fails is the last. */

export interface Step {
  readonly name: string;
  /** @returns what there is to say of it besides, if anything */
  run(): Promise<string | undefined> | string | undefined;
}

/** @throws what the step that fails throws, after telling that it failed */
export async function runSteps(
  steps: readonly Step[],
  tell: (line: string) => void = console.log,
): Promise<void> {
  for (const {name, run} of steps) {
    const start = performance.now();
    const line = (mark: string, remark: string): string =>
      `${mark} ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${remark}`.trimEnd();
    try {
      tell(line('✓', (await run()) ?? ''));
    } catch (error) {
      tell(line('✗', ''));
      throw error;
    }
  }
}
