import {type RunEvent, jobName} from '@minefield/experiments';
import {withoutOrigin} from '../describe-error.ts';
import {fractionText, progressBar, progressText} from './progress-line.ts';
import type {Terminal} from './terminal.ts';

/** Milliseconds between redraws of the bar, and between lines where there is no terminal. */
const REDRAW = 100;
const LINE = 5000;

/** Shows how far work is, not too often: a bar on a terminal, a line elsewhere. */
function paced(io: Terminal, first: number): (fraction: number, text: () => string) => void {
  let last = first;
  return (fraction, text) => {
    const now = performance.now();
    if (now - last < (io.interactive ? REDRAW : LINE)) return;
    last = now;
    if (io.interactive) io.status(progressBar(fraction, text(), io.statusColumns));
    else io.note(text());
  };
}

/** Shows a single measurement on standard error, from its done fraction. */
export function fractionView(io: Terminal): (fraction: number) => void {
  const start = performance.now();
  const show = paced(io, start);
  return (fraction) => show(fraction, () => fractionText(fraction, (performance.now() - start) / 1000));
}

/** Shows a sweep on standard error: a bar on a terminal, now and then a line elsewhere. */
export function progressView(io: Terminal): (event: RunEvent) => void {
  const show = paced(io, -Infinity);
  return (event) => {
    switch (event.type) {
      case 'planned':
        io.note(
          event.reused === 0
            ? `${event.total} jobs`
            : `${event.total} jobs, of which ${event.reused} are done already`,
        );
        return;
      case 'moved-aside':
        io.note(
          `${io.style('yellow', 'moved aside:')} ${event.from} → ${event.to} (${event.reason}); making it anew`,
        );
        return;
      case 'note':
        io.note(`${jobName(event.job)} ${event.text}`);
        return;
      case 'failed':
        io.note(`${io.style('red', 'failed:')} ${jobName(event.job)}: ${withoutOrigin(event.error)}`);
        return;
      case 'finished':
        if (event.outcome === 'diverged') {
          io.note(
            `${io.style('yellow', 'diverged:')} ${jobName(event.job)}; recorded, its minimum is not measured`,
          );
        }
        return;
      case 'progress':
        show(event.progress.fraction, () => progressText(event.progress));
    }
  };
}
