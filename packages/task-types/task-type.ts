import type { CollectionKind } from '@casebook/contracts';
import type { z } from 'zod';

/** Something a coder may say instead of answering, with the words it is shown in. */
export interface SkipReason {
  readonly code: string;
  readonly label: string;
}

/** What a comment may be about, with the words it is shown in. */
export interface CommentKind {
  readonly code: string;
  readonly label: string;
}

/**
 * What the rest of the product knows of a task type: its name, its shapes, its words. It says nothing of how
 * answers are compared (see `TaskTypeServer`) or drawn (see `TaskTypeWeb`).
 *
 * `Unit` is what is judged, `Answer` what a coder says of it, `Protocol` what a manager may set for a task.
 */
export interface TaskTypeContract<Unit, Answer, Protocol> {
  /** Stable, in kebab case; stored with every task. */
  readonly name: string;
  readonly title: string;
  /** One sentence for a manager who chooses among types. */
  readonly description: string;
  /**
   * Raised whenever stored answers would be read differently, or new ones could not be read by what came before;
   * stored with every judgement. A contract reads whatever its earlier versions wrote.
   */
  readonly version: number;
  readonly collectionKind: CollectionKind;
  /** Whether a unit asks about several items of the collection, in a design that can be more or less even. */
  readonly spansItems?: true;
  /** What is leased together: a document or part of it, or a block of units in any order. */
  readonly leaseGrain: 'document' | 'block';
  readonly unit: z.ZodType<Unit>;
  readonly answer: z.ZodType<Answer>;
  readonly protocol: z.ZodType<Protocol>;
  /**
   * Why answers of such a task can't be right or wrong by gold, in a sentence for its manager; null where they can.
   * Training and hidden gold are offered, and taken, only then. `hasGold` says whether anything in the collection
   * brings what could be gold.
   */
  whyUngraded(protocol: Protocol, collection: { readonly hasGold: boolean }): string | null;
  readonly skipReasons: readonly SkipReason[];
  /** What comments are sorted by; stored beside them by code. */
  readonly commentKinds: readonly CommentKind[];
  /** Specimens: for documentation, and for the conformance test of every type. */
  readonly examples: readonly {
    readonly unit: Unit;
    readonly answer: Answer;
    readonly means: string;
    /** Where such a unit and answer are not those of the example protocol. */
    readonly protocol?: Protocol;
  }[];
  readonly exampleProtocol: Protocol;
  /**
   * Where an answer may put right what was shown, beside what it says of it: in which of its properties, and in words.
   * What is put right is no part of a reading; who decides a unit may adopt it.
   */
  readonly corrections?: { readonly property: string; describe(correction: unknown): string };
  /** Where readings are weighed by a model of coders: what it is called, and in plain words what it does. */
  readonly weighing?: { readonly model: string; readonly explanation: string };
  /** The export that is a table of word pairs with a column of ratings a coder, where there is one. */
  readonly ratingTable?: string;
  /** What the majority reading, or what follows from the answers, can be taken out as; the server’s half writes each. */
  readonly exports: readonly {
    readonly format: string;
    readonly title: string;
    /** What is in it, after its title; what most experts say of each unit where left out. */
    readonly what?: string;
  }[];
}
