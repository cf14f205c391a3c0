import {type RunEvent, jobName} from '@minefield/experiments';
import {progressBar, progressText} from './progress-line.ts';
import type {Terminal} from './terminal.ts';

/** Milliseconds between redraws of the bar, and between lines where there is no terminal. */
const REDRAW = 100;
const LINE = 5000;

/** Shows a sweep on standard error: a bar on a terminal, now and then a line elsewhere. */
export function progressView(io: Terminal): (event: RunEvent) => void {
  let last = -Infinity;
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
      case 'failed':
        io.note(`${io.style('red', 'failed:')} ${jobName(event.job)}: ${event.error}`);
        return;
      case 'finished':
        if (event.outcome === 'diverged') {
          io.note(
            `${io.style('yellow', 'diverged:')} ${jobName(event.job)}; recorded, its minimum is not measured`,
          );
        }
        return;
      case 'progress': {
        const now = performance.now();
        if (now - last < (io.interactive ? REDRAW : LINE)) return;
        last = now;
        if (io.interactive) io.status(progressBar(event.progress, io.statusColumns));
        else io.note(progressText(event.progress));
      }
    }
  };
}
