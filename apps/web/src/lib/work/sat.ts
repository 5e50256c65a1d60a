/** How far a section is, for the bar. */
export interface Progressed {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly words: string;
}

/** A section in hand, as the page around it needs it. */
export interface Sat<AnyLease> {
  readonly lease: AnyLease & { readonly taskName: string; readonly section: { readonly name: string } };
  /** The section's name, and its place in the task where that is known. */
  readonly placeInWords: string;
  refresh(lease: AnyLease): void;
  visible(visible: boolean): void;
}
