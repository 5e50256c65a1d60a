/** The page that the text is drawn on: which paragraphs are near, and when what was measured no longer holds. */
export class Sheet {
  /** The text node of each paragraph. */
  readonly nodes: (Text | undefined)[] = [];
  /** Another number whenever lines may break elsewhere; 0 before the page is there. */
  shape: number = $state(0);
  readonly #told = new WeakMap<Element, (isNear: boolean) => void>();
  /** Paragraphs that were there before the page. */
  #early: Element[] = [];
  #observer: IntersectionObserver | undefined;

  /** Begins to look at the page in its scroller; gives what ends it. */
  open(scroller: HTMLElement, column: HTMLElement): () => void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.#told.get(target)?.(isIntersecting);
      },
      { root: scroller, rootMargin: '60% 0px' },
    );
    for (const element of this.#early) this.#observer.observe(element);
    this.#early = [];
    let width = 0;
    const sizes = new ResizeObserver(() => {
      if (column.clientWidth === width) return;
      width = column.clientWidth;
      this.reshape();
    });
    sizes.observe(column);
    const reshape = (): void => {
      this.reshape();
    };
    document.fonts.addEventListener('loadingdone', reshape);
    return () => {
      this.#observer?.disconnect();
      sizes.disconnect();
      document.fonts.removeEventListener('loadingdone', reshape);
    };
  }

  reshape(): void {
    this.shape += 1;
  }

  watch(element: Element, tell: (isNear: boolean) => void): () => void {
    this.#told.set(element, tell);
    if (this.#observer === undefined) this.#early.push(element);
    else this.#observer.observe(element);
    return () => {
      this.#told.delete(element);
      this.#observer?.unobserve(element);
    };
  }
}
