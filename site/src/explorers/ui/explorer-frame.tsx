import type {ComponentChildren} from 'preact';

interface Props {
  /** Place in the page, so that a view can be linked to: `explore-dial`. */
  readonly id: string;
  readonly title: string;
  /** What to try, and what will be seen. */
  readonly hint: ComponentChildren;
  /** The pictures. */
  readonly children: ComponentChildren;
  readonly controls: ComponentChildren;
  /** What is going on, or went wrong; empty for nothing. */
  readonly status?: string | undefined;
  /** Reaches into the margin. Default true. */
  readonly wide?: boolean;
}

/** What all explorers look like: a title, pictures of fixed height, controls below them, and a caption. */
export function ExplorerFrame({id, title, hint, children, controls, status = '', wide = true}: Props) {
  return (
    <figure class={wide ? 'explorer wide' : 'explorer'} id={id}>
      <p class="explorer-title">{title}</p>
      <div class="explorer-stage">{children}</div>
      <div class="explorer-controls">{controls}</div>
      <p class="explorer-status" role="status">
        {status}
      </p>
      <figcaption>{hint}</figcaption>
    </figure>
  );
}
