import type {ComponentChildren} from 'preact';

interface Props {
  /** Whether there is something to be seen of the moving picture. */
  readonly live: boolean;
  /** What stands there without a script, and until then: drawn when the site is built. */
  readonly still: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A moving picture with a still one in its place until it moves. The moving one alone has a height, so nothing shifts. */
export function LiveStage({live, still, children}: Props) {
  return (
    <div class="explorer-live" data-live={live}>
      <div class="explorer-still" aria-hidden={live}>
        {still}
      </div>
      <div class="explorer-moving">{children}</div>
    </div>
  );
}
