/** Why an operation was not done. The words are for the annotator and name what stands in the way. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

export type RefusalReason =
  /** There is no mention, or no entity, of this name. */
  | 'unknown-mention'
  | 'unknown-entity'
  /** Something has this name already. */
  | 'id-taken'
  /** The spans are not in the text, or not in order. */
  | 'bad-span'
  /** Another mention stands on the very same tokens. */
  | 'same-span'
  /** A head or minimum span is not inside its mention. */
  | 'outside-mention'
  /** It is so already. */
  | 'no-change'
  /** The mention is linked already: it can be moved. */
  | 'already-linked'
  /** The mention is in no entity, or not in this one. */
  | 'not-linked'
  /** The mention is marked as a property or as not referring: that is taken back first. */
  | 'already-marked'
  | 'not-marked'
  /** Every mention would leave the entity. */
  | 'nothing-stays'
  /** Something else points at what would go. */
  | 'pointed-at'
  /** It would point at itself, directly or through others. */
  | 'points-at-itself'
  /** Several entities together are at least two, each single, and no two entities are the same several. */
  | 'bad-antecedents'
  | 'nothing-to-undo'
  | 'nothing-to-redo';

export type Outcome<Done> =
  { readonly ok: true; readonly done: Done } | { readonly ok: false; readonly refusal: Refusal };

export function refused(reason: RefusalReason, message: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { reason, message } };
}
