import type { Annotation, AnnotatedMention } from './annotation.ts';
import type { MentionId } from './contract.ts';
import { sameSpans } from './spans.ts';

/** Whether something stood there at the start or is the coder's own. */
type Source = 'start' | 'coder';

/** Where a mention, its span and what is said of it come from. */
export interface Origin {
  readonly mention: Source;
  readonly span: Source;
  /** Null where nothing is said of it yet. A mention whose entity was merged into another is the coder's. */
  readonly standing: Source | null;
}

export function originOf(start: Annotation, mention: AnnotatedMention): Origin {
  const before = start.mentions.get(mention.id);
  const standing = mention.standing.kind === 'open' ? null : 'coder';
  if (before === undefined) return { mention: 'coder', span: 'coder', standing };
  return {
    mention: 'start',
    span: sameSpans(before.ranges, mention.ranges) ? 'start' : 'coder',
    standing: standing !== null && sameStanding(before, mention) ? 'start' : standing,
  };
}

/** What became of the annotation that a pass began with. */
export interface Corrections {
  readonly mentions: {
    readonly kept: number;
    readonly respanned: number;
    readonly removed: number;
    readonly made: number;
  };
  /** What is said of mentions that stand: as at the start, otherwise than at the start, or first by the coder. */
  readonly standings: { readonly kept: number; readonly changed: number; readonly own: number };
}

export function correctionsOf(start: Annotation, now: Annotation): Corrections {
  const mentions = { kept: 0, respanned: 0, removed: 0, made: 0 };
  const standings = { kept: 0, changed: 0, own: 0 };
  for (const mention of now.mentions.values()) {
    const before = start.mentions.get(mention.id);
    const wasOpen = before === undefined || before.standing.kind === 'open';
    // Most of a document is as it was, and this is asked after every step.
    if (mention === before) {
      mentions.kept += 1;
      if (!wasOpen) standings.kept += 1;
      continue;
    }
    const origin = originOf(start, mention);
    if (origin.mention === 'coder') mentions.made += 1;
    else if (origin.span === 'start') mentions.kept += 1;
    else mentions.respanned += 1;
    if (origin.standing === 'start') standings.kept += 1;
    else if (!wasOpen) standings.changed += 1;
    else if (origin.standing === 'coder') standings.own += 1;
  }
  for (const id of start.mentions.keys()) if (!now.mentions.has(id)) mentions.removed += 1;
  return { mentions, standings };
}

function sameStanding({ standing: one }: AnnotatedMention, { standing: other }: AnnotatedMention): boolean {
  switch (one.kind) {
    case 'entity':
      return other.kind === 'entity' && other.entity === one.entity;
    case 'property':
      return other.kind === 'property' && sameIds(one.of, other.of);
    case 'open':
    case 'non-referring':
      return other.kind === one.kind;
  }
}

function sameIds(one: readonly MentionId[], other: readonly MentionId[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
