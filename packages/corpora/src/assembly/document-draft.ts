import type { Chain, DocumentContent, Link, Mention, Token, TokenRange } from '@casebook/contracts';
import { inReadingOrder } from '@casebook/contracts';
import type { Remark } from '../events.ts';
import { SourceFault } from '../source/fault.ts';
import type { Limits } from '../source/limits.ts';

/** A mention while its document is read: its place in reading order, and so its id, is not yet known. */
export interface DraftMention {
  ranges: TokenRange[];
  /** The source's name of its chain; null where the source puts it in none. */
  chain: string | null;
  head?: number;
  attributes?: Record<string, string>;
  /** The source's own id of the mention, kept where it gives one. */
  id?: string;
  line: number;
  /** When its bracket opened: mentions over the same tokens keep this order. */
  opened?: number;
}

export interface DraftLink {
  kind: Link['kind'];
  from: DraftMention;
  to: DraftMention[];
  relation?: string;
}

/** Collects one document, token by token, and makes the neutral content of it. */
export class DocumentDraft {
  readonly tokens: Token[] = [];
  readonly mentions: DraftMention[] = [];
  readonly links: DraftLink[] = [];
  readonly remarks: Remark[] = [];
  language: string | null = null;
  readonly line: number;
  readonly #limits: Limits;
  readonly #sentences: TokenRange[] = [];
  readonly #speakers: (string | null)[] = [];
  readonly #paragraphs: TokenRange[] = [];
  #sentenceStart = 0;
  #paragraphStart = 0;

  constructor(line: number, limits: Limits) {
    this.line = line;
    this.#limits = limits;
  }

  addToken(token: Token, line: number): void {
    if (this.tokens.length >= this.#limits.tokensPerDocument) {
      throw new SourceFault(
        { line, column: 1 },
        `the document has more than ${this.#limits.tokensPerDocument} tokens`,
        'shorter documents',
      );
    }
    this.tokens.push(token);
  }

  addMention(mention: DraftMention): void {
    if (this.mentions.length >= this.#limits.mentionsPerDocument) {
      throw new SourceFault(
        { line: mention.line, column: 1 },
        `the document has more than ${this.#limits.mentionsPerDocument} mentions`,
        'fewer mentions',
      );
    }
    this.mentions.push(mention);
  }

  /** Ends the sentence at hand; does nothing where it has no token yet. */
  endSentence(speaker: string | null = null): void {
    if (this.tokens.length === this.#sentenceStart) return;
    this.#sentences.push([this.#sentenceStart, this.tokens.length]);
    this.#speakers.push(speaker);
    this.#sentenceStart = this.tokens.length;
  }

  endParagraph(): void {
    this.endSentence();
    if (this.tokens.length === this.#paragraphStart) return;
    this.#paragraphs.push([this.#paragraphStart, this.tokens.length]);
    this.#paragraphStart = this.tokens.length;
  }

  remark(line: number, reason: string): void {
    this.remarks.push({ line, reason });
  }

  /**
   * The finished document. Mentions are put in reading order and numbered `m1`, `m2`, … where the source gives no
   * ids; a mention that repeats another of the same chain over the same tokens is left out with a remark.
   *
   * @throws SourceFault where there is no token.
   */
  content(): DocumentContent {
    this.endParagraph();
    if (this.tokens.length === 0) {
      throw new SourceFault(
        { line: this.line, column: 1 },
        'the document has no tokens',
        'at least one token',
      );
    }
    const ordered = this.#ordered();
    const ids = new Map<DraftMention, string>();
    const taken = new Set<string>();
    for (const mention of ordered.kept) if (mention.id !== undefined) taken.add(mention.id);
    let next = 1;
    for (const mention of ordered.kept) {
      while (mention.id === undefined && taken.has(`m${next}`)) next += 1;
      ids.set(mention, mention.id ?? `m${next++}`);
    }
    for (const [dropped, kept] of ordered.dropped) ids.set(dropped, ids.get(kept) ?? '');
    const content: DocumentContent = {
      tokens: this.tokens,
      sentences: this.#sentences,
      paragraphs: this.#paragraphs,
      mentions: ordered.kept.map((mention) => finished(mention, ids.get(mention) ?? '')),
      chains: chainsOf(ordered.kept, ids),
    };
    if (this.#speakers.some((speaker) => speaker !== null)) content.speakers = this.#speakers;
    if (this.language !== null) content.language = this.language;
    const links = this.links.map((link) => finishedLink(link, ids));
    if (links.length > 0) content.links = links;
    return content;
  }

  #ordered(): { kept: DraftMention[]; dropped: Map<DraftMention, DraftMention> } {
    const sorted = [...this.mentions].sort(
      (one, other) => inReadingOrder(one, other) || (one.opened ?? 0) - (other.opened ?? 0),
    );
    const first = new Map<string, DraftMention>();
    const dropped = new Map<DraftMention, DraftMention>();
    const kept: DraftMention[] = [];
    for (const mention of sorted) {
      const identity = mention.chain === null ? null : `${mention.ranges.join(';')} ${mention.chain}`;
      const same = identity === null ? undefined : first.get(identity);
      if (same === undefined) {
        if (identity !== null) first.set(identity, mention);
        kept.push(mention);
      } else {
        dropped.set(mention, same);
        this.remark(
          mention.line,
          `a mention of chain ${mention.chain ?? ''} repeats another over the same tokens; it is read once`,
        );
      }
    }
    return { kept, dropped };
  }
}

function finished(mention: DraftMention, id: string): Mention {
  return {
    id,
    ranges: mention.ranges,
    ...(mention.head === undefined ? {} : { head: mention.head }),
    ...(mention.attributes === undefined || Object.keys(mention.attributes).length === 0
      ? {}
      : { attributes: mention.attributes }),
  };
}

function finishedLink(link: DraftLink, ids: ReadonlyMap<DraftMention, string>): Link {
  return {
    kind: link.kind,
    from: ids.get(link.from) ?? '',
    to: [...new Set(link.to.map((mention) => ids.get(mention) ?? ''))],
    ...(link.relation === undefined ? {} : { relation: link.relation }),
  };
}

function chainsOf(mentions: readonly DraftMention[], ids: ReadonlyMap<DraftMention, string>): Chain[] {
  const chains = new Map<string, string[]>();
  for (const mention of mentions) {
    if (mention.chain === null) continue;
    const id = ids.get(mention) ?? '';
    const members = chains.get(mention.chain);
    if (members === undefined) chains.set(mention.chain, [id]);
    else members.push(id);
  }
  return Array.from(chains, ([id, members]) => ({ id, mentions: members }));
}
