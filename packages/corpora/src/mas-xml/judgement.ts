import type { CoderAnswer } from '@casebook/contracts';

/** What stands in one `<anchor>` or `<comment>`, before the ids in it are known to be mentions. */
export interface RawJudgement {
  mention: string;
  attributes: Readonly<Record<string, string>>;
  element: 'anchor' | 'comment';
  line: number;
}

const COMMENTS = [
  'not selectable',
  'out of context window',
  'parse error',
  'discourse deixis',
  'ambiguous',
  'non-referring',
  'nearest mention embedded',
  'bridge',
  'quantifier',
];

type Answer = CoderAnswer['answer'];

/** The answer of a judgement; a string says why it is none. `known` tells the mentions of the document. */
export function answerOf(judgement: RawJudgement, known: ReadonlySet<string>): CoderAnswer | string {
  const { attributes, mention, element } = judgement;
  const coder = attributes['user_id'] ?? attributes['user'] ?? '';
  if (coder === '') return `a judgement of "${mention}" names no coder`;
  const answer = element === 'comment' ? commented(attributes) : chosen(attributes, known);
  if (typeof answer === 'string') return answer;
  const validation =
    attributes['mode'] === 'v'
      ? isTrue(attributes['agree'])
        ? ('agrees' as const)
        : ('disagrees' as const)
      : undefined;
  const seconds = Number(attributes['annotation_time'] ?? '');
  const rating = Number(attributes['user_rating'] ?? '');
  return {
    coder,
    mention,
    answer,
    ...(validation === undefined ? {} : { validation }),
    ...(isSet(attributes['timestamp']) ? { givenAt: attributes['timestamp'] } : {}),
    ...(isSet(attributes['annotation_time']) && Number.isFinite(seconds) && seconds >= 0
      ? { elapsedMs: seconds * 1000 }
      : {}),
    ...(isSet(attributes['user_rating']) && Number.isFinite(rating) ? { rating } : {}),
  };
}

function chosen(attributes: Readonly<Record<string, string>>, known: ReadonlySet<string>): Answer | string {
  const type = attributes['type'] ?? '';
  const antecedents = (attributes['ante'] ?? '').split(/[,;|\s]+/u).filter((id) => id !== '');
  if (type === 'DN') return { kind: 'new' };
  if (type === 'NR') return { kind: 'non-referring' };
  if (type === 'SE') return { kind: 'skipped', reason: 'SE' };
  if (type !== 'DO' && type !== 'PR') return `"${type}" is no type of judgement`;
  if (antecedents.length === 0) return `a judgement of type ${type} names no antecedent`;
  const missing = antecedents.find((id) => !known.has(id));
  if (missing !== undefined) return `the antecedent "${missing}" is no markable of the document`;
  return type === 'DO' ? { kind: 'old', antecedents } : { kind: 'property', of: antecedents };
}

function commented(attributes: Readonly<Record<string, string>>): Answer {
  const type = attributes['type_id'] ?? '';
  return { kind: 'skipped', reason: COMMENTS[Number(type) - 1] ?? `comment ${type}` };
}

/** An answer as the element that says it. */
export function elementOf({ coder, answer, validation, givenAt, elapsedMs, rating }: CoderAnswer): {
  element: 'anchor' | 'comment';
  attributes: Record<string, string>;
} {
  const common = {
    ...(givenAt === undefined ? {} : { timestamp: givenAt }),
    ...(elapsedMs === undefined ? {} : { annotation_time: String(elapsedMs / 1000) }),
    ...(rating === undefined ? {} : { user_rating: String(rating) }),
    user_id: coder,
  };
  const comment = answer.kind === 'skipped' ? COMMENTS.indexOf(answer.reason ?? '') + 1 : 0;
  if (comment > 0) return { element: 'comment', attributes: { type_id: String(comment), ...common } };
  const mode =
    validation === undefined ? { mode: 'a' } : { mode: 'v', agree: validation === 'agrees' ? '1' : '0' };
  switch (answer.kind) {
    case 'new':
      return { element: 'anchor', attributes: { ...mode, ...common, type: 'DN' } };
    case 'non-referring':
      return { element: 'anchor', attributes: { ...mode, ...common, type: 'NR' } };
    case 'old':
      return {
        element: 'anchor',
        attributes: { ...mode, ...common, type: 'DO', ante: answer.antecedents.join(' ') },
      };
    case 'property':
      return { element: 'anchor', attributes: { ...mode, ...common, type: 'PR', ante: answer.of.join(' ') } };
    case 'skipped':
      return { element: 'anchor', attributes: { ...mode, ...common, type: 'SE' } };
  }
}

/** Whether an answer comes back as it was: skips only with a reason that the format numbers, no comments. */
export function isHeld({ answer, comment, validation }: CoderAnswer): boolean {
  if (comment !== undefined) return false;
  if (answer.kind !== 'skipped') return true;
  return answer.reason === 'SE' || (COMMENTS.includes(answer.reason ?? '') && validation === undefined);
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

function isTrue(value: string | undefined): boolean {
  return ['1', 'true', 'yes', 'y', 'agree'].includes((value ?? '').toLowerCase());
}
