/** The network that the reader has trained last, for other explorers, on this page and on the next. */
import {signal} from '@preact/signals';

export interface OwnNetwork {
  readonly hidden: readonly number[];
  /** `[P]` */
  readonly theta: Float32Array;
  /** Points that it was trained on, `[n, 2]` and `[n]`. */
  readonly inputs: Float32Array;
  readonly labels: Uint8Array;
  readonly seed: number;
  readonly poisonFactor: number;
  /** Optimizer steps done. */
  readonly steps: number;
  /** Shares of 1. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** What the data are called, such as `two spirals`. */
  readonly data: string;
}

const KEY = 'minefield own network';

const kept = signal<OwnNetwork | null>(null);
let read = false;

/** null where there is none yet. Follows what is trained on this page; call it in the browser only. */
export function ownNetwork(): OwnNetwork | null {
  if (!read) {
    read = true;
    kept.value ??= stored();
  }
  return kept.value;
}

/** Keeps a network for as long as the tab is open. */
export function keepOwnNetwork(network: OwnNetwork): void {
  read = true;
  kept.value = network;
  try {
    sessionStorage.setItem(KEY, encodeOwnNetwork(network));
  } catch {
    // Pages that may store nothing keep it for themselves.
  }
}

function stored(): OwnNetwork | null {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? null : decodeOwnNetwork(text);
  } catch {
    return null;
  }
}

export function encodeOwnNetwork({theta, inputs, labels, ...rest}: OwnNetwork): string {
  const arrays = {theta: base64(theta), inputs: base64(inputs), labels: base64(labels)};
  return JSON.stringify({...rest, ...arrays});
}

/** @throws {Error} for text that {@link encodeOwnNetwork} did not write */
export function decodeOwnNetwork(text: string): OwnNetwork {
  const {theta, inputs, labels, ...rest} = JSON.parse(text) as Omit<
    OwnNetwork,
    'theta' | 'inputs' | 'labels'
  > &
    Readonly<Record<'theta' | 'inputs' | 'labels', string>>;
  return {
    ...rest,
    theta: new Float32Array(bytes(theta).buffer),
    inputs: new Float32Array(bytes(inputs).buffer),
    labels: bytes(labels),
  };
}

function base64(array: Float32Array | Uint8Array): string {
  const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = '';
  for (const byte of view) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
