import {duration} from './duration.ts';
import {progressBar} from './progress-line.ts';
import type {Terminal} from './terminal.ts';

/** How far the download of a named file is, in bytes. */
export interface DownloadProgress {
  readonly part: string;
  readonly received: number;
  readonly total: number;
}

/** Milliseconds between redraws of the bar, and between lines where there is no terminal. */
const REDRAW = 100;
const LINE = 5000;

/** The text of a download: `train: 45 of 182 MB, 3.1 MB/s, 44 s left`. */
export function downloadText(
  {part, received, total}: DownloadProgress,
  bytesPerSecond: number | null,
): string {
  const rate =
    bytesPerSecond === null || bytesPerSecond <= 0
      ? []
      : [`${megabytes(bytesPerSecond, 2)} MB/s`, `${duration((total - received) / bytesPerSecond)} left`];
  return [`${part}: ${megabytes(received)} of ${megabytes(total)} MB`, ...rate].join(', ');
}

/** Shows downloads on standard error: a bar on a terminal, now and then a line elsewhere. */
export function downloadView(io: Terminal): (progress: DownloadProgress) => void {
  let begun: {readonly part: string; readonly received: number; readonly time: number} | null = null;
  let last = performance.now();
  return (progress) => {
    const now = performance.now();
    if (begun === null || begun.part !== progress.part || progress.received < begun.received) {
      begun = {part: progress.part, received: progress.received, time: now};
    }
    if (now - last < (io.interactive ? REDRAW : LINE)) return;
    last = now;
    const seconds = (now - begun.time) / 1000;
    const text = downloadText(progress, seconds > 1 ? (progress.received - begun.received) / seconds : null);
    if (io.interactive) io.status(progressBar(progress.received / progress.total, text, io.statusColumns));
    else io.note(text);
  };
}

/** In millions of bytes; whole ones, or so many significant digits. */
export function megabytes(bytes: number, digits?: number): string {
  const count = bytes / 1e6;
  return digits === undefined ? String(Math.round(count)) : String(Number(count.toPrecision(digits)));
}
