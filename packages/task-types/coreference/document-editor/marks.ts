import { endOf, startOf, type AnnotatedMention, type Annotation } from './annotation.ts';
import type { MentionId, Span } from './contract.ts';

/** A phrase as far as its place in the text goes. */
type Placed = Pick<AnnotatedMention, 'id' | 'ranges'>;

/** What is drawn below a mention: a rule, and a label where it begins. */
export interface Mark {
  readonly id: MentionId;
  readonly ranges: readonly Span[];
  /** The number of the entity, which chooses the colour; null for what names none. */
  readonly entity: number | null;
  /** What is printed: the entity's number, `=2` for what describes entity 2, `∅` for what refers to nothing. */
  readonly label: string;
  /** How many marks the rule is drawn below, so that nested and crossing ones stay apart. */
  readonly lane: number;
}

const LANES = 4;

/** The marks of a paragraph whose mentions come in reading order. */
export function marksOf(mentions: readonly AnnotatedMention[], annotation: Annotation): readonly Mark[] {
  const lanes = lanesOf(mentions);
  return mentions.map((mention) => {
    const { id, ranges, standing } = mention;
    const entity =
      standing.kind === 'entity' ? (annotation.entities.get(standing.entity)?.number ?? null) : null;
    return { id, ranges, entity, label: labelOf(mention, annotation), lane: lanes.get(id) ?? 0 };
  });
}

function labelOf(
  { standing, bridges, deixis }: AnnotatedMention,
  { mentions, entities }: Annotation,
): string {
  const numberOf = (entity: string): string => String(entities.get(entity)?.number ?? '');
  const own = (): string => {
    switch (standing.kind) {
      case 'open':
        return '';
      case 'non-referring':
        return '∅';
      case 'entity':
        return numberOf(standing.entity);
      case 'property': {
        const numbers = standing.of.map((id) => {
          const described = mentions.get(id)?.standing;
          return described?.kind === 'entity' ? numberOf(described.entity) : '?';
        });
        return `=${numbers.join('+')}`;
      }
    }
  };
  const bridged = bridges.map(({ to }) => `→${numberOf(to)}`).join('');
  return `${own()}${bridged}${deixis === null ? '' : '¶'}`;
}

/** The shortest lie nearest the text; a longer one is drawn below all that it overlaps. */
export function lanesOf(mentions: readonly Placed[]): ReadonlyMap<MentionId, number> {
  const lanes = new Map<MentionId, number>();
  const placed: { from: number; to: number; lane: number }[] = [];
  const length = (mention: Placed): number => endOf(mention) - startOf(mention);
  for (const mention of [...mentions].sort((one, other) => length(one) - length(other))) {
    const [from, to] = [startOf(mention), endOf(mention)];
    const below = placed.filter((other) => other.from < to && from < other.to).map(({ lane }) => lane + 1);
    const lane = Math.min(LANES - 1, Math.max(0, ...below));
    placed.push({ from, to, lane });
    lanes.set(mention.id, lane);
  }
  return lanes;
}

/** Whether two lists would be drawn alike. */
export function sameMarks(one: readonly Mark[], other: readonly Mark[]): boolean {
  return (
    one.length === other.length &&
    one.every((mark, index) => {
      const counterpart = other[index];
      return (
        counterpart !== undefined &&
        mark.id === counterpart.id &&
        mark.ranges === counterpart.ranges &&
        mark.entity === counterpart.entity &&
        mark.label === counterpart.label &&
        mark.lane === counterpart.lane
      );
    })
  );
}

/** Mentions by the paragraphs that they stand in, each list in reading order. Paragraphs come in order. */
export function byParagraph<Mention extends Pick<AnnotatedMention, 'ranges'>>(
  paragraphs: readonly Span[],
  mentions: readonly Mention[],
): readonly (readonly Mention[])[] {
  const lists: Mention[][] = paragraphs.map(() => []);
  let first = 0;
  for (const mention of mentions) {
    const [start, end] = [startOf(mention), endOf(mention)];
    // Mentions come by first token, so no later one begins before this paragraph.
    while (first < paragraphs.length - 1 && (paragraphs[first]?.[1] ?? 0) <= start) first += 1;
    for (let index = first; index < paragraphs.length; index += 1) {
      const paragraph = paragraphs[index];
      if (paragraph === undefined || paragraph[0] >= end) break;
      const inside = mention.ranges.some(([from, to]) => from < paragraph[1] && paragraph[0] < to);
      if (inside) lists[index]?.push(mention);
    }
  }
  return lists;
}
