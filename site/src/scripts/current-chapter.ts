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
/** In the next frame, whose layout is made anyway: to ask for it at once would lay the page out twice as it loads. */
function markSoon(): void {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mark();
  });
}

addEventListener('scroll', markSoon, {passive: true});
addEventListener('load', markSoon);
