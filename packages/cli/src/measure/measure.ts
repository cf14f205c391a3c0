import type {MeasureOptions, Subject} from '@minefield/experiments';
import {exitCodes} from '../exit-codes.ts';
import {interruptible} from '../interruption.ts';
import type {Finish} from '../finish.ts';
import {fractionView} from '../terminal/progress-view.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {type SubjectFlags, subjectOf} from './subject-options.ts';

/** What one of the measuring commands does: a document, and its lines for a person. */
export interface Measurement<D> {
  measure(subject: Subject, options: MeasureOptions): Promise<D>;
  lines(document: D, io: Terminal): string[];
}

/** Measures with progress on standard error, and prints the document or its lines; nothing where it is interrupted. */
export async function measure<D>(
  io: Terminal,
  finish: Finish,
  checkpoint: string | undefined,
  flags: SubjectFlags,
  measurement: Measurement<D>,
): Promise<void> {
  let subject: Subject | undefined;
  const document = await interruptible(
    io,
    async (signal) => {
      try {
        subject = await subjectOf(checkpoint, flags, signal);
        const onProgress = fractionView(io);
        const {seed, trustProducts} = flags;
        return {found: await measurement.measure(subject, {seed, trustProducts, signal, onProgress})};
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      } finally {
        io.status(null);
        await subject?.close?.();
      }
    },
    'stopping',
  );
  if (!document) {
    finish(exitCodes.interrupted);
    return;
  }
  if (flags.json) io.print(JSON.stringify(document.found, null, 2));
  else for (const line of measurement.lines(document.found, io)) io.print(line);
}
