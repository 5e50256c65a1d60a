import type {
  AgreementChange,
  AgreementView,
  CoderAnswer,
  Comparison,
  DocumentContent,
  ItemContent,
  ItemId,
  MemberId,
  UnitId,
} from '@casebook/contracts';
import type { TaskTypeContract } from './task-type.ts';

/** An item of the collection that a task is planned over. */
export interface PlannedItem {
  readonly id: ItemId;
  readonly name: string;
  readonly content: ItemContent;
}

export interface UnitPlan<Unit> {
  /** The item that it stands in; the first one where it stands over several. */
  readonly itemId: ItemId;
  /** Names the unit within its item (a mention's id); unique there, and what answers point at. */
  readonly key: string;
  readonly content: Unit;
}

/** A run of units that is leased together, in the order in which they are judged. */
export interface SectionPlan<Unit> {
  readonly name: string;
  readonly units: readonly UnitPlan<Unit>[];
}

export interface PlanRequest<Protocol> {
  readonly protocol: Protocol;
  readonly order: 'reading' | 'shuffled';
  readonly seed: number;
}

/** The latest judgement of one coder on one unit, as agreement and readings take it. */
export interface CodedUnit<Unit, Answer> {
  readonly unitId: UnitId;
  readonly itemId: ItemId;
  readonly key: string;
  readonly unit: Unit;
  readonly coder: MemberId;
  readonly answer: Answer;
  /** Given by one who had seen others' answers, as a validator has: it makes a reading and enters no distance. */
  readonly informed?: true;
}

/** One distinct answer to a unit, with those who gave it. */
export interface Reading<Answer> {
  /** Equal for equal readings of the same unit, whatever the order of coders. */
  readonly key: string;
  readonly answer: Answer;
  readonly coders: readonly MemberId[];
}

export interface UnitReadings<Answer> {
  readonly unitId: UnitId;
  /** Most supported first; ties in the order of `key`. */
  readonly readings: readonly Reading<Answer>[];
  /**
   * Mean distance between two answers, informed ones left out: 0 where all agree and 1 where no two do; null with
   * fewer than two.
   */
  readonly disagreement: number | null;
  /** For each answer of `context.kept` the key of the reading above that it comes to; null where nobody gave it. */
  readonly kept?: readonly (string | null)[];
}

/** A reading with the probability that it is right. Readings are events of their own: they need not sum to 1. */
export interface WeighedReading<Answer> extends Reading<Answer> {
  readonly posterior: number;
}

/** What a coder is worth by a model of coders, one row for each class of answers. */
export interface CoderProfile {
  readonly coder: MemberId;
  readonly classes: readonly {
    readonly title: string;
    /** How many answers of the class he gave. */
    readonly answers: number;
    /** The probability that he gives an answer of the class where it is right. */
    readonly sensitivity: number;
    /** The probability that he does not give an answer of the class where it is wrong. */
    readonly specificity: number;
  }[];
}

/** All readings of a task, weighed by what a model makes of their coders. */
export interface Weighing<Answer> {
  /** In the order of items and reading; readings the most probable first. */
  readonly units: readonly {
    readonly unitId: UnitId;
    readonly readings: readonly WeighedReading<Answer>[];
  }[];
  readonly coders: readonly CoderProfile[];
  /** How often the model was fitted, and whether the most probable readings held still in the end. */
  readonly rounds: number;
  readonly settled: boolean;
}

/** An answer that is taken for right: an adjudicator's, of several the heaviest, or else gold. */
export interface ReferenceAnswer<Unit, Answer> {
  readonly unit: Unit;
  readonly answer: Answer;
}

/** What answers are compared against; all of it may be left out. */
export interface ReadingsContext<Unit, Answer, Protocol> {
  /** Of the same item, by unit key; units that nobody has judged may be among them. */
  readonly reference?: ReadonlyMap<string, ReferenceAnswer<Unit, Answer>>;
  /**
   * The key of the reading of a unit that is the most probable, where there is no reference answer; the most supported
   * where left out, or where it names none. Only types with disputes ask.
   */
  readonly mostProbable?: (unitId: UnitId, readings: readonly Reading<unknown>[]) => string | undefined;
  /** What an adjudicator took for right, by unit key; only types with disputes are asked. */
  readonly kept?: ReadonlyMap<string, readonly Answer[]>;
  /** Where left out, distances are those of the contract's example protocol. */
  readonly protocol?: Protocol;
}

export interface AgreementRequest {
  readonly seed: number;
  readonly resamples: number;
}

export interface UnitExport<Unit, Answer> {
  readonly item: PlannedItem;
  readonly units: readonly {
    readonly unitId: UnitId;
    readonly key: string;
    readonly unit: Unit;
    /** What an adjudicator decided for or kept, as he gave it, the heaviest first; left out where no decision stands. */
    readonly kept?: readonly Answer[];
    /** The most probable first. Where an adjudicator decided, what he kept and nothing else, the heaviest first. */
    readonly readings: readonly Reading<Answer>[];
    /** Whether an adjudicator decided it. What he took for right and nobody had said is a reading without coders. */
    readonly decided: boolean;
  }[];
}

/** A format that the majority reading of a task can be written in. */
export interface TaskExport<Unit, Answer> {
  /** As it is named in addresses: `conll-2012`. */
  readonly format: string;
  readonly title: string;
  readonly mediaType: string;
  readonly extension: string;
  /** What the format does not hold, a sentence each, to be shown beside the download. */
  readonly leavesOut: readonly string[];
  /** It holds answers for statistics to be computed from, so that readers of collections find no items in it. */
  readonly ofAnswers?: true;
  /**
   * Writes one item after another; the generator is read as slowly as the client reads. `names` are those of the
   * coders, for formats that tell them apart.
   */
  write(
    items: AsyncIterable<UnitExport<Unit, Answer>>,
    names: ReadonlyMap<MemberId, string>,
  ): AsyncIterable<string>;
}

/** How readings are put before other coders once all annotators of a section are done. */
export interface ConferenceRule {
  /** How many coders validate each reading at first. */
  readonly validations: number;
  /** The most that validate a section, where readings stay uncertain. */
  readonly cap: number;
  /** A unit is settled once its most probable reading is at least so probable. */
  readonly certainty: number;
}

/** A document of a file, with what coders outside the project said of it, in the document's own terms. */
export interface BroughtDocument {
  readonly content: DocumentContent;
  readonly answers: readonly CoderAnswer[];
  /** The answers are a partition's: one that points at nothing here begins its chain here. */
  readonly chains?: true;
}

/** An answer of a coder outside the project, on the unit that it is about. */
export interface PlacedAnswer<Answer> extends Pick<
  CoderAnswer,
  'coder' | 'comment' | 'givenAt' | 'elapsedMs' | 'rating'
> {
  readonly key: string;
  readonly answer: Answer;
}

/** An answer that found no place, and why, as a sentence about it. */
export interface LeftAnswer {
  readonly coder: string;
  readonly reason: string;
}

export type PlacedAnswers<Answer> =
  | {
      readonly kind: 'placed';
      readonly answers: readonly PlacedAnswer<Answer>[];
      readonly left: readonly LeftAnswer[];
    }
  /** Nothing of the document can be placed. */
  | { readonly kind: 'refused'; readonly reason: string };

/** How a task type takes in what coders outside the project said of its documents. */
export interface OutsideAnswers<Unit, Answer> {
  /** A document's own chains as the answers of one coder. */
  ofChains(item: PlannedItem, coder: string): readonly CoderAnswer[];
  place(
    brought: BroughtDocument,
    item: PlannedItem,
    units: readonly Pick<UnitPlan<Unit>, 'key' | 'content'>[],
  ): PlacedAnswers<Answer>;
}

/** Two annotations of one item, each all that one side says of its units. */
export interface SideBySideRequest<Unit, Answer> {
  readonly item: PlannedItem;
  /** All units of the item, answered or not. */
  readonly units: readonly Pick<UnitPlan<Unit>, 'key' | 'content'>[];
  readonly a: readonly Omit<CodedUnit<Unit, Answer>, 'coder'>[];
  readonly b: readonly Omit<CodedUnit<Unit, Answer>, 'coder'>[];
}

/** Units that stand over several items, as a tuple stands over its pairs. Their content names all of them. */
export interface AcrossItems<Unit, Protocol> {
  /** The items of a unit, beginning with the one that it is filed under. Every item of a plan is in some unit. */
  itemsOf(unit: Unit): readonly ItemId[];
  /** How many items a plan takes at least. */
  fewest(protocol: Protocol): number;
}

/** What only the server needs of a task type: planning, comparing, writing out. Pure; it touches no database. */
export interface TaskTypeServer<Unit, Answer, Protocol> {
  readonly contract: TaskTypeContract<Unit, Answer, Protocol>;
  /**
   * Cuts a collection into sections; every random choice comes from the seed. Items arrive in collection order.
   *
   * @throws PlanRefusal where the collection can't be planned over, as one with too few items.
   */
  plan(items: AsyncIterable<PlannedItem>, request: PlanRequest<Protocol>): AsyncIterable<SectionPlan<Unit>>;
  /** Left out where every unit stands in one item. */
  readonly across?: AcrossItems<Unit, Protocol>;
  /** The answers that the item itself brings, by unit key. */
  gold(item: PlannedItem): ReadonlyMap<string, Answer>;
  /** Keys of the same item's units that an answer points at; each must come before the unit judged. */
  pointsAt(answer: Answer): readonly string[];
  /** Checks an answer against the protocol of its task; null where it fits, else what is wrong with it. */
  misfit(answer: Answer, protocol: Protocol): string | null;
  /** Where some answers can only be checked with their unit at hand, which is then fetched. */
  readonly misfitOnUnit?: {
    isNeeded(answer: Answer): boolean;
    /** What is wrong with an answer that `misfit` found nothing wrong with; null where nothing is. */
    of(answer: Answer, unit: Unit): string | null;
  };
  /** Where some answers can only be checked in the text that their unit stands in, which is then fetched. */
  readonly misfitInItem?: {
    isNeeded(answer: Answer): boolean;
    /** What is wrong with an answer that nothing else was found wrong with; null where nothing is. */
    of(answer: Answer, unit: Unit, content: ItemContent, protocol: Protocol): string | null;
  };
  /**
   * Where answers of a unit can be right or wrong, so that differing readings are validated or adjudicated once the
   * section is done; left out where differing is no dispute, as with ratings.
   */
  readonly disputes?: {
    /** Null where what differs goes to the adjudicator at once. */
    conference(protocol: Protocol): ConferenceRule | null;
    /** The kinds of answers, as they are named in tables. */
    readonly classes: readonly string[];
    /** Which of them an answer is of. */
    classOf(answer: Answer): string;
  };
  /** An item as coders may see it: without gold, chains, scores. */
  withoutGold(content: ItemContent): ItemContent;
  /**
   * Groups the answers to the units of one item into readings. Units come out in reading order, whatever the order
   * of the codings, and only those that somebody judged.
   */
  readings(
    codings: readonly CodedUnit<Unit, Answer>[],
    context?: ReadingsContext<Unit, Answer, Protocol>,
  ): readonly UnitReadings<Answer>[];
  /** Every comparison of coders that makes sense for this type. Codings of all items of a task. */
  agreement(codings: readonly CodedUnit<Unit, Answer>[], request: AgreementRequest): readonly AgreementView[];
  /**
   * The measures of `agreement` in two looks at the same units by the same coders, and how they changed; left out where
   * nothing of it can be compared. Codings of all items, in both the same units and coders.
   */
  agreementChange?(
    before: readonly CodedUnit<Unit, Answer>[],
    after: readonly CodedUnit<Unit, Answer>[],
    request: AgreementRequest,
  ): readonly AgreementChange[];
  /**
   * Weighs readings by how far their coders can be relied on, where the type has a model for that; then its contract
   * says so in words. Codings of all items of a task; their order does not matter.
   */
  weigh?(codings: readonly CodedUnit<Unit, Answer>[]): Weighing<Answer>;
  /** Machines beside the persons: each compared, none of them counted. Codings of all items of a task. */
  machineAgreement?(
    machines: readonly CodedUnit<Unit, Answer>[],
    persons: readonly CodedUnit<Unit, Answer>[],
    request: AgreementRequest,
  ): AgreementView;
  readonly outside?: OutsideAnswers<Unit, Answer>;
  /** Holds two annotations of one item against each other, where units stand in a text that is read as a whole. */
  sideBySide?(request: SideBySideRequest<Unit, Answer>): Comparison;
  /** A unit in words, for lists. */
  label(unit: Unit): string;
  /** An answer to a unit in words; `nameOf` gives the words of another unit of the same item. */
  describe(answer: Answer, unit: Unit, nameOf: (key: string) => string): string;
  readonly exports: readonly TaskExport<Unit, Answer>[];
}
