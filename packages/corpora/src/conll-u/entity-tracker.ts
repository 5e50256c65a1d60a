import type { TokenRange } from '@casebook/contracts';
import type { DraftMention } from '../assembly/document-draft.ts';
import { joinedRanges } from '../assembly/ranges.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { EntityBracket, Part } from './entity.ts';

interface Place {
  line: number;
  column: number;
}

interface OpenPart extends Place {
  start: number;
  opened: number;
  fields: Record<string, string>;
}

interface Unfinished extends Place {
  chain: string;
  of: number;
  opened: number;
  ranges: TokenRange[];
  fields: Record<string, string>;
}

/** A mention with the fields of its bracket, before its head is looked for. */
export interface TrackedMention {
  mention: DraftMention;
  fields: Record<string, string>;
}

/** Follows the brackets of one document's `Entity=` values and puts the parts of discontinuous mentions together. */
export class EntityTracker {
  readonly #open = new Map<string, OpenPart[]>();
  #unfinished: Unfinished[] = [];
  readonly mentions: TrackedMention[] = [];
  #opened = 0;

  /** @throws SourceFault where a bracket closes what was never opened, or a part comes out of turn. */
  take(bracket: EntityBracket, token: number, place: Place): void {
    const key = keyOf(bracket.chain, bracket.part);
    if (bracket.kind !== 'close') this.#opened += 1;
    if (bracket.kind === 'single') {
      this.#complete(
        bracket.chain,
        bracket.part,
        { start: token, opened: this.#opened, fields: bracket.fields, ...place },
        token + 1,
      );
      return;
    }
    const waiting = this.#open.get(key) ?? [];
    if (bracket.kind === 'open') {
      waiting.push({ start: token, opened: this.#opened, fields: bracket.fields, ...place });
      this.#open.set(key, waiting);
      return;
    }
    const opened = waiting.pop();
    if (opened === undefined) {
      throw new SourceFault(
        place,
        `the bracket ${quoted(`${key})`)} closes a mention that was never opened`,
        `a ${quoted(`(${key}`)} before it`,
      );
    }
    if (waiting.length === 0) this.#open.delete(key);
    this.#complete(bracket.chain, bracket.part, opened, token + 1);
  }

  /** @throws SourceFault where a mention is not closed or lacks a part. */
  close(): void {
    for (const [key, [opened]] of this.#open) {
      if (opened !== undefined)
        throw new SourceFault(
          opened,
          `the bracket ${quoted(`(${key}`)} is never closed`,
          `a ${quoted(`${key})`)} further down in the document`,
        );
    }
    const [lacking] = this.#unfinished;
    if (lacking !== undefined) {
      throw new SourceFault(
        lacking,
        `a mention of ${quoted(lacking.chain)} has ${lacking.ranges.length} of its ${lacking.of} parts`,
        `a part [${lacking.ranges.length + 1}/${lacking.of}]`,
      );
    }
  }

  #complete(chain: string, part: Part | null, opened: OpenPart, end: number): void {
    const range: TokenRange = [opened.start, end];
    if (part === null || part.of === 1) {
      this.#add(chain, [range], opened);
      return;
    }
    if (part.index === 1) {
      this.#unfinished.push({
        chain,
        of: part.of,
        ranges: [range],
        opened: opened.opened,
        fields: opened.fields,
        line: opened.line,
        column: opened.column,
      });
      return;
    }
    const whole = this.#unfinished.findLast(
      (one) => one.chain === chain && one.of === part.of && one.ranges.length === part.index - 1,
    );
    if (whole === undefined) {
      throw new SourceFault(
        opened,
        `part ${part.index} of a mention of ${quoted(chain)} comes without the parts before it`,
        `a part [${part.index - 1}/${part.of}] before it`,
      );
    }
    whole.ranges.push(range);
    if (part.index < part.of) return;
    this.#unfinished = this.#unfinished.filter((one) => one !== whole);
    this.#add(chain, joinedRanges(whole.ranges), whole);
  }

  #add(chain: string, ranges: TokenRange[], { fields, line, opened }: OpenPart | Unfinished): void {
    this.mentions.push({ mention: { ranges, chain, line, opened }, fields });
  }
}

function keyOf(chain: string, part: Part | null): string {
  return part === null ? chain : `${chain}[${part.index}/${part.of}]`;
}
