const GLIDE = 130;
let glide = 0;

/**
 * Brings several elements into what is free between the bar above and the foot below, the middle of them into its
 * middle. False, and nothing moves, where they are too far apart for that.
 */
export function bringAllIntoSight(elements: readonly Element[], above: number, below: number): boolean {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const free = window.innerHeight - above - below;
  if (bottom - top > free * 0.9) return false;
  if (top < above + free * 0.05 || bottom > above + free * 0.95) {
    glideBy((top + bottom) / 2 - (above + free / 2));
  }
  return true;
}

/**
 * Brings an element into the calm middle of what is free between the bar above and the foot below. As long as it
 * stands there already nothing moves; else the page glides, or goes at once where motion is unwanted.
 */
export function bringIntoSight(element: Element, above: number, below: number): void {
  const free = window.innerHeight - above - below;
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= above + free * 0.1 && bottom <= above + free * 0.8) return;
  glideBy(top - (above + free * 0.35));
}

/** Moves the page; at once where motion is unwanted, or could not be followed. */
function glideBy(by: number): void {
  cancelAnimationFrame(glide);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || Math.abs(by) > window.innerHeight) {
    window.scrollBy({ top: by, behavior: 'instant' });
    return;
  }
  const from = window.scrollY;
  let began: number | null = null;
  const step = (now: number): void => {
    began ??= now;
    const share = Math.min(1, (now - began) / GLIDE);
    window.scrollTo({ top: from + by * (1 - (1 - share) ** 3), behavior: 'instant' });
    if (share < 1) glide = requestAnimationFrame(step);
  };
  glide = requestAnimationFrame(step);
}
