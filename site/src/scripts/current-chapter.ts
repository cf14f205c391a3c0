/** Marks the chapter that is being read in the list of chapters. */
const links = new Map(
  [...document.querySelectorAll<HTMLAnchorElement>('.contents a')].map((link) => [link.hash.slice(1), link]),
);
const headings = [...links.keys()].flatMap((id) => document.querySelector<HTMLElement>(`#${id}`) ?? []);

function mark(): void {
  const line = innerHeight / 3;
  const current = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
  for (const [id, link] of links) {
    if (id === current?.id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

let waiting = false;
addEventListener(
  'scroll',
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  },
  {passive: true},
);
mark();
