import {type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {useReducedMotion} from './use-reduced-motion.ts';

/** How many steps a film has for readers who ask for less movement, and how long each stands. */
const STILLS = 12;
const STILL_MS = 700;

interface Options {
  /** The place on a range that is moved. */
  readonly value: Signal<number>;
  readonly min: number;
  readonly max: number;
  /** From one end to the other. */
  readonly seconds: number;
}

/** Moves a slider by itself: evenly, or in a few steps for those who ask for less movement. From its end it begins anew. */
export function usePlay({value, min, max, seconds}: Options): {
  readonly playing: Signal<boolean>;
  readonly toggle: () => void;
} {
  const playing = useSignal(false);
  const reduced = useReducedMotion();
  useEffect(() => {
    if (!playing.value) return;
    const length = max - min;
    const advance = (by: number): void => {
      value.value = Math.min(max, value.value + by);
      if (value.value >= max) playing.value = false;
    };
    if (reduced) {
      const timer = setInterval(() => advance(Math.ceil(length / STILLS)), STILL_MS);
      return () => clearInterval(timer);
    }
    let [frame, last, owed] = [0, performance.now(), 0];
    const step = (now: number): void => {
      owed += ((now - last) / 1000 / seconds) * length;
      last = now;
      const whole = Math.floor(owed);
      owed -= whole;
      if (whole > 0) advance(whole);
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
    // Signals never change.
  }, [playing.value, reduced, min, max, seconds]);
  const toggle = (): void => {
    if (!playing.value && value.value >= max) value.value = min;
    playing.value = !playing.value;
  };
  return {playing, toggle};
}
