/** A paragraph as the page knows it. */
interface Watched {
  /** Measures what is to be drawn; all of it anew, where lines may break elsewhere now. */
  measure(anew: boolean): void;
  tell(isNear: boolean): void;
}

/** The page that the text is drawn on: which paragraphs are near, and when what was measured no longer holds. */
export class Sheet {
  /** The text node of each paragraph. */
  readonly nodes: (Text | undefined)[] = [];
  /** Another number whenever lines may break elsewhere; 0 before the page is there. */
  shape: number = $state(0);
  readonly #watched = new WeakMap<Element, Watched[]>();
  /** Groups that were there before the page. */
  #early: Element[] = [];
  #near: readonly Watched[] = [];
  #observer: IntersectionObserver | undefined;

  /** Begins to look at the page in its scroller; gives what ends it. */
  open(scroller: HTMLElement, column: HTMLElement): () => void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#look(entries);
      },
      { root: scroller, rootMargin: '30% 0px' },
    );
    for (const element of this.#early) this.#observer.observe(element);
    this.#early = [];
    let width = 0;
    const sizes = new ResizeObserver(([entry]) => {
      const now = entry?.contentRect.width ?? 0;
      if (now === width) return;
      width = now;
      this.#reshape();
    });
    sizes.observe(column);
    const reshape = (): void => {
      this.#reshape();
    };
    document.fonts.addEventListener('loadingdone', reshape);
    return () => {
      this.#observer?.disconnect();
      sizes.disconnect();
      document.fonts.removeEventListener('loadingdone', reshape);
    };
  }

  /** Paragraphs are looked at in the groups that they stand in: with each alone, every frame would look at all. */
  watch(paragraph: Element, watched: Watched): () => void {
    const group = paragraph.parentElement ?? paragraph;
    const known = this.#watched.get(group);
    if (known !== undefined) known.push(watched);
    else {
      this.#watched.set(group, [watched]);
      if (this.#observer === undefined) this.#early.push(group);
      else this.#observer.observe(group);
    }
    return () => {
      const others = (this.#watched.get(group) ?? []).filter((other) => other !== watched);
      this.#watched.set(group, others);
      this.#near = this.#near.filter((other) => other !== watched);
      if (others.length === 0) this.#observer?.unobserve(group);
    };
  }

  /** Everything is measured before anything is drawn: by turns, each paragraph would lay the page out anew. */
  #look(entries: readonly IntersectionObserverEntry[]): void {
    const changed = entries.flatMap(({ target, isIntersecting }) =>
      (this.#watched.get(target) ?? []).map((watched) => ({ watched, isIntersecting })),
    );
    const gone = changed.map(({ watched }) => watched);
    const come = changed.filter(({ isIntersecting }) => isIntersecting).map(({ watched }) => watched);
    this.#near = [...this.#near.filter((watched) => !gone.includes(watched)), ...come];
    for (const watched of come) watched.measure(false);
    for (const { watched, isIntersecting } of changed) watched.tell(isIntersecting);
  }

  #reshape(): void {
    for (const watched of this.#near) watched.measure(true);
    this.shape += 1;
  }
}
