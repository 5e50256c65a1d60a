import type { Token } from '@casebook/contracts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import { columnAt, quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import type { EntityFields } from './entity.ts';
import { parseEntity } from './entity.ts';
import { EntityTracker } from './entity-tracker.ts';
import { headOf } from './head.ts';
import type { MiscItem } from './misc.ts';
import { keptMisc, miscItems, relationsOf, spaceAfterOf } from './misc.ts';
import type { PlacedRelation } from './links.ts';
import { linkRelations } from './links.ts';

/** The words of a multiword token that are still to come. */
interface Multiword {
  last: number;
  spaceAfter: boolean;
}

const COLUMNS = 10;
/** The columns that are kept as attributes of a token, by index. */
const KEPT = [
  [4, 'xpos'],
  [5, 'feats'],
  [6, 'head'],
  [7, 'deprel'],
  [8, 'deps'],
] as const;

/** The document at hand: takes rows and comments, follows its entities. */
export class OpenDocument {
  readonly draft: DocumentDraft;
  readonly #tracker = new EntityTracker();
  readonly #relations: PlacedRelation[] = [];
  readonly #parents: (number | null)[] = [];
  #sentence = new Map<string, number>();
  #waitingHeads: { token: number; head: string }[] = [];
  #multiword: Multiword | null = null;
  #nextAttributes: Record<string, string> = {};

  constructor(line: number, limits: Limits) {
    this.draft = new DocumentDraft(line, limits);
  }

  /** @throws SourceFault where the row can't be read. */
  addRow(text: string, line: number, declared: EntityFields): void {
    const cells = text.split('\t', COLUMNS + 2);
    if (cells.length !== COLUMNS) {
      throw new SourceFault(
        { line, column: 1 },
        `the row has ${cells.length > COLUMNS ? 'more than ten' : cells.length} columns`,
        'ten columns, separated by tabs',
      );
    }
    const id = /^(\d+)(?:([-.])(\d+))?$/u.exec(cells[0] ?? '');
    if (id === null)
      throw new SourceFault(
        { line, column: 1 },
        `${quoted(cells[0] ?? '')} is no token id`,
        'an id such as 3, 3-4 or 3.1',
      );
    const misc = miscItems(cells[9] ?? '');
    if (id[2] === '-') {
      this.#beginMultiword(cells, Number(id[1]), Number(id[3]), misc);
      return;
    }
    const index = this.draft.tokens.length;
    this.draft.addToken(this.#tokenOf(cells, id, misc, line), line);
    this.#sentence.set(cells[0] ?? '', index);
    this.#parents.push(null);
    if (id[2] === undefined) this.#waitingHeads.push({ token: index, head: cells[6] ?? '' });
    const miscStart = text.length - (cells[9] ?? '').length;
    for (const item of misc)
      this.#takeMisc(item, index, declared, line, (offset) =>
        columnAt(text, miscStart + item.offset + offset),
      );
  }

  endSentence(speaker: string | null): void {
    for (const { token, head } of this.#waitingHeads) this.#parents[token] = this.#sentence.get(head) ?? null;
    this.#waitingHeads = [];
    this.#sentence = new Map();
    this.#multiword = null;
    this.draft.endSentence(speaker);
  }

  /** @throws SourceFault where a bracket is still open. */
  close(): void {
    this.#tracker.close();
    const byChain = new Map<string, DraftMention[]>();
    for (const { mention, fields } of this.#tracker.mentions) {
      const { head: _, ...attributes } = fields;
      const head = headOf(mention.ranges, fields, this.#parents);
      if (head !== null) mention.head = head;
      mention.attributes = attributes;
      this.draft.addMention(mention);
      const chain = mention.chain ?? '';
      const members = byChain.get(chain);
      if (members === undefined) byChain.set(chain, [mention]);
      else members.push(mention);
    }
    linkRelations(this.draft, this.#relations, byChain);
  }

  #beginMultiword(cells: readonly string[], first: number, last: number, misc: readonly MiscItem[]): void {
    this.#multiword = { last, spaceAfter: spaceAfterOf(misc) };
    this.#nextAttributes = { multiword: `${last - first + 1} ${cells[1] ?? ''}` };
    const rest = keptMisc(misc);
    if (rest !== '') this.#nextAttributes['multiwordMisc'] = rest;
  }

  #tokenOf(cells: readonly string[], id: RegExpExecArray, misc: readonly MiscItem[], line: number): Token {
    const [, form = '', lemma = '_', upos = '_'] = cells;
    if (form === '')
      throw new SourceFault(
        { line, column: columnAt(cells[0] ?? '', Infinity) + 1 },
        'the form is empty',
        'a word, or "_"',
      );
    const token: Token = { text: form };
    const empty = id[2] === '.';
    if (empty) token.empty = true;
    if (empty || !this.#followedBySpace(Number(id[1]), misc)) token.spaceAfter = false;
    if (upos !== '_') token.partOfSpeech = upos;
    if (lemma !== '_') token.lemma = lemma;
    const attributes: Record<string, string> = empty ? {} : this.#nextAttributes;
    if (!empty) this.#nextAttributes = {};
    for (const [column, name] of KEPT) {
      const value = cells[column] ?? '_';
      if (value !== '_' && value !== '') attributes[name] = value;
    }
    const rest = keptMisc(misc);
    if (rest !== '') attributes['misc'] = rest;
    if (Object.keys(attributes).length > 0) token.attributes = attributes;
    return token;
  }

  #followedBySpace(id: number, misc: readonly MiscItem[]): boolean {
    const multiword = this.#multiword;
    if (multiword === null) return spaceAfterOf(misc);
    if (id < multiword.last) return false;
    this.#multiword = null;
    return multiword.spaceAfter && spaceAfterOf(misc);
  }

  #takeMisc(
    item: MiscItem,
    token: number,
    declared: EntityFields,
    line: number,
    columnOf: (offset: number) => number,
  ): void {
    const valueStart = item.name.length + 1;
    if (item.name === 'Entity') {
      const parsed = parseEntity(item.value, declared);
      if (parsed.kind === 'fault') {
        throw new SourceFault(
          { line, column: columnOf(valueStart + parsed.offset) },
          `in Entity=${quoted(item.value)}, ${parsed.reason}`,
          'brackets such as "(e1-person-1-", "e1)" or "(e1-person-1-)"',
        );
      }
      for (const bracket of parsed.brackets)
        this.#tracker.take(bracket, token, { line, column: columnOf(valueStart + bracket.offset) });
    } else if (item.name === 'Bridge' || item.name === 'SplitAnte') {
      const relations = relationsOf(item.value);
      if (relations === null) {
        throw new SourceFault(
          { line, column: columnOf(valueStart) },
          `${item.name}=${quoted(item.value)} can't be read`,
          'pairs such as e1<e2 or e1<e2:subset',
        );
      }
      const kind = item.name === 'Bridge' ? 'bridging' : 'split-antecedent';
      for (const { antecedent, anaphor, relation } of relations) {
        this.#relations.push({ antecedent, anaphor, relation, kind, token, line });
      }
    }
  }
}
