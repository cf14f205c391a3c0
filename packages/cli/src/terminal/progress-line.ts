import type {Progress} from '@minefield/experiments';
import {duration} from './duration.ts';

const BAR = 24;

/** The text of a progress: `12/48 jobs, 25%, 3.2 a minute, 2 min 10 s left`. */
export function progressText(progress: Progress): string {
  const {done, total, fraction, jobsPerMinute, secondsLeft} = progress;
  return [
    `${done}/${total} jobs`,
    `${Math.floor(100 * fraction)}%`,
    ...(jobsPerMinute === null ? [] : [`${Number(jobsPerMinute.toPrecision(2))} a minute`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join(', ');
}

/** The same with a bar, cut to the width of the terminal. */
export function progressBar(progress: Progress, columns: number): string {
  const filled = Math.round(BAR * progress.fraction);
  const line = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}  ${progressText(progress)}`;
  return line.slice(0, Math.max(0, columns - 1));
}
