/** Plays a slider: there and back, sixty places a second, or in a few steps where the reader wants less movement. */
import {type ReadonlySignal, type Signal, useSignalEffect} from '@preact/signals';

interface Options {
  readonly place: Signal<number>;
  readonly playing: ReadonlySignal<boolean>;
  readonly last: number;
  readonly reduced: boolean;
}

const PLACES_PER_SECOND = 60;
const STEP = {places: 24, milliseconds: 900};

export function usePlay({place, playing, last, reduced}: Options): void {
  useSignalEffect(() => {
    if (!playing.value) return;
    let heading = place.peek() >= last ? -1 : 1;
    const move = (by: number): void => {
      const next = place.peek() + heading * by;
      if (next >= last) heading = -1;
      else if (next <= 0) heading = 1;
      place.value = Math.max(0, Math.min(last, next));
    };
    if (reduced) {
      const timer = setInterval(() => move(STEP.places), STEP.milliseconds);
      return () => clearInterval(timer);
    }
    let [before, rest] = [performance.now(), 0];
    let request = requestAnimationFrame(function tick(now) {
      rest += (Math.max(0, now - before) * PLACES_PER_SECOND) / 1000;
      before = now;
      const whole = Math.floor(rest);
      rest -= whole;
      if (whole > 0) move(whole);
      request = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(request);
  });
}
