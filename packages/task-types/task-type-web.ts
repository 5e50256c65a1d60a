import type { Comparison, ItemContent } from '@casebook/contracts';
import type { Component } from 'svelte';
import type { ConferenceWork } from './conference-work.ts';
import type { SectionWork } from './section-work.ts';
import type { TaskTypeContract } from './task-type.ts';

export interface KeyHelp {
  /** As printed on the key: `N`, `Ctrl Z`, `1 – 9`. */
  readonly keys: string;
  readonly does: string;
  /** It does something beside answering, so that it is of no use where only answers are taken. */
  readonly beside?: true;
}

/** What only the browser needs of a task type. Components are loaded when they are needed. */
export interface TaskTypeWeb<Unit, Answer, Protocol> {
  readonly contract: TaskTypeContract<Unit, Answer, Protocol>;
  /**
   * Fills the page below the bar: the text or pair, the question, the answers. Handles its own keys; `?` is the
   * page's. It is mounted anew for every section.
   */
  editor(): Promise<Component<{ work: SectionWork<Unit, Answer, Protocol> }>>;
  /** Every key the editor knows under a protocol, for the overlay that `?` opens. */
  keys(protocol: Protocol): readonly KeyHelp[];
  /** A unit in words, for lists. */
  label(unit: Unit): string;
  /** An answer to a unit in words; `nameOf` gives the words of another unit of the same item. */
  describe(answer: Answer, unit: Unit, nameOf: (key: string) => string): string;
  /**
   * Sets the protocol in a manager's form; the value is always a whole, valid protocol. A choice that goes with so
   * many coders a section says so, and the form around it may follow.
   */
  protocolForm(): Promise<
    Component<{
      protocol: Protocol;
      onchange: (protocol: Protocol, advice?: { readonly wanted: number }) => void;
    }>
  >;
  /**
   * For types whose readings are validated: fills the page below the bar with one reading where it stands, and takes
   * a verdict on it. Handles its own keys, as the editor does; it is mounted anew for every section.
   */
  readonly validator?: {
    component(): Promise<Component<{ work: ConferenceWork<Unit, Answer, Protocol> }>>;
    /** Every key that it knows. */
    readonly keys: readonly KeyHelp[];
  };
  /**
   * Takes an answer of the adjudicator's own, where no reading is right: calls back with it, or with null while it is
   * not whole. Left out where units can't be right or wrong.
   */
  adjudicator?(): Promise<
    Component<{
      unit: Unit;
      /** The units of the same item that an answer may point at, in reading order. */
      earlier: readonly { key: string; unit: Unit }[];
      onanswer: (answer: Answer | null) => void;
    }>
  >;
  /** Shows one unit where it stands, with answers in words beside it, for lists of disagreements. */
  unitView(): Promise<
    Component<{
      item: ItemContent;
      unit: Unit;
      answers: readonly { coder: string; answer: Answer | null; words: string }[];
    }>
  >;
  /**
   * For types whose server compares two annotations of an item: shows both beside each other, with what differs.
   * Handles its own keys; it is mounted anew for every comparison.
   */
  readonly sideBySide?: {
    component(): Promise<
      Component<{
        item: ItemContent;
        comparison: Comparison;
        names: { readonly a: string; readonly b: string };
      }>
    >;
    /** Every key that it knows. */
    readonly keys: readonly KeyHelp[];
  };
}
