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

/** How far a single measurement is: `25%, 2 min 10 s left`. */
export function fractionText(fraction: number, seconds: number): string {
  const left = seconds > 1 && fraction > 0.02 ? (seconds * (1 - fraction)) / fraction : undefined;
  return `${Math.floor(100 * fraction)}%${left === undefined ? '' : `, ${duration(left)} left`}`;
}

/** A bar before a text, cut to the width of the terminal. */
export function progressBar(fraction: number, text: string, columns: number): string {
  const filled = Math.round(BAR * Math.min(1, fraction));
  const line = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}  ${text}`;
  return line.slice(0, Math.max(0, columns - 1));
}
