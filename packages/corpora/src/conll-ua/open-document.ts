import type { DraftMention } from '../assembly/document-draft.ts';
import { DocumentDraft } from '../assembly/document-draft.ts';
import type { Cell } from '../conll-2012/columns.ts';
import { columnAt, quoted, SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';
import { parseIdentity } from './identity.ts';

interface OpenMention {
  start: number;
  chain: string;
  fields: Record<string, string>;
  line: number;
  column: number;
  opened: number;
}

/** The document at hand: mentions by a stack of brackets, sets of entities as split antecedents. */
export class OpenDocument {
  readonly draft: DocumentDraft;
  readonly #stack: OpenMention[] = [];
  /** The plural entities that each entity is an element of. */
  readonly #elementOf: { element: DraftMention; sets: string[] }[] = [];
  #opened = 0;

  constructor(line: number, limits: Limits) {
    this.draft = new DocumentDraft(line, limits);
  }

  /** @throws SourceFault where the row can't be read. */
  addRow(cells: readonly Cell[], columns: readonly string[], text: string, line: number): void {
    const identityColumn = columns.indexOf('IDENTITY');
    if (cells.length <= identityColumn || cells.length > columns.length) {
      throw new SourceFault(
        { line, column: 1 },
        `the row has ${cells.length} columns`,
        `${identityColumn + 1} to ${columns.length} columns, as "# global.columns" names them`,
      );
    }
    const cellOf = (name: string): Cell => cells[columns.indexOf(name)] ?? { text: '_', offset: 0 };
    const index = this.draft.tokens.length;
    const [form, lemma, upos] = [cellOf('FORM').text, cellOf('LEMMA').text, cellOf('UPOS').text];
    this.draft.addToken(
      { text: form, ...(upos === '_' ? {} : { partOfSpeech: upos }), ...(lemma === '_' ? {} : { lemma }) },
      line,
    );
    const identity = cellOf('IDENTITY');
    if (identity.text === '_') return;
    const parsed = parseIdentity(identity.text);
    const place = (offset: number): { line: number; column: number } => ({
      line,
      column: columnAt(text, identity.offset + offset),
    });
    if (parsed.kind === 'fault')
      throw new SourceFault(
        place(parsed.offset),
        `in the IDENTITY column ${quoted(identity.text)}, ${parsed.reason}`,
        '"(EntityID=1|MarkableID=m1" and ")"',
      );
    for (const bracket of parsed.brackets) {
      if (bracket.kind === 'open') {
        this.#opened += 1;
        this.#stack.push({
          start: index,
          chain: bracket.chain,
          fields: bracket.fields,
          opened: this.#opened,
          ...place(bracket.offset),
        });
        continue;
      }
      const opened = this.#stack.pop();
      if (opened === undefined)
        throw new SourceFault(
          place(bracket.offset),
          'a bracket closes a mention that was never opened',
          'a "(" before it',
        );
      this.#addMention(opened, index + 1);
    }
  }

  /** @throws SourceFault where a bracket is still open. */
  close(): void {
    const unclosed = this.#stack.at(-1);
    if (unclosed !== undefined)
      throw new SourceFault(
        unclosed,
        `the bracket of entity ${quoted(unclosed.chain)} is never closed`,
        'a ")" further down in the document',
      );
    this.#linkSets();
  }

  #addMention({ start, chain, fields, line, opened }: OpenMention, end: number): void {
    const { ElementOf: sets, MarkableID: id, ...attributes } = fields;
    const mention: DraftMention = { ranges: [[start, end]], chain, attributes, line, opened };
    if (id !== undefined) mention.attributes = { ...attributes, MarkableID: id };
    this.draft.addMention(mention);
    if (sets !== undefined) this.#elementOf.push({ element: mention, sets: sets.split(',') });
  }

  /** An entity that others are elements of is a plural: its first mention is linked to a mention of each of them. */
  #linkSets(): void {
    const first = new Map<string, DraftMention>();
    const ordered = [...this.draft.mentions].sort(
      (one, other) => (one.ranges[0]?.[0] ?? 0) - (other.ranges[0]?.[0] ?? 0),
    );
    for (const mention of ordered)
      if (mention.chain !== null && !first.has(mention.chain)) first.set(mention.chain, mention);
    const links = new Map<DraftMention, DraftMention[]>();
    for (const { element, sets } of this.#elementOf) {
      for (const set of sets) {
        const plural = first.get(set);
        if (plural === undefined)
          this.draft.remark(
            element.line,
            `entity ${set}, which has elements, has no mention; the relation is passed over`,
          );
        else links.set(plural, [...(links.get(plural) ?? []), element]);
      }
    }
    for (const [from, to] of links) this.draft.links.push({ kind: 'split-antecedent', from, to });
  }
}
