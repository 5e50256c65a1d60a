const GLIDE = 130;
let glide = 0;

/**
 * Brings an element into the calm middle of what is free between the bar above and the foot below. As long as it
 * stands there already nothing moves; else the page glides, or goes at once where motion is unwanted.
 */
export function bringIntoSight(element: Element, above: number, below: number): void {
  const free = window.innerHeight - above - below;
  const { top, bottom } = element.getBoundingClientRect();
  if (top >= above + free * 0.1 && bottom <= above + free * 0.8) return;
  const by = top - (above + free * 0.35);
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
