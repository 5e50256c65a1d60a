/** Names by the order in which they first appear. */
export class Names {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.list.length;
    this.places.set(name, place);
    this.list.push(name);
    return place;
  }

  has(name: string): boolean {
    return this.places.has(name);
  }
}

/** A growing column of whole numbers. */
export class WholeColumn {
  private items: Uint32Array<ArrayBuffer> = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Uint32Array(Math.ceil(this.items.length * 1.5));
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = value;
    this.length += 1;
  }

  /** What was pushed so far; later pushes may or may not show in it. */
  filled(): Uint32Array<ArrayBuffer> {
    return this.items.subarray(0, this.length);
  }
}
