import { Readable } from 'node:stream';
import type { AnswerFileWish, AnswerReport, CoderAnswer, Refusal } from '@casebook/contracts';
import { judgementRowFormat, readDocuments, readEzCoref, readJudgementRows } from '@casebook/corpora';
import type { ReadDocument, ReadJudgement } from '@casebook/corpora';
import type { TaskTypeServer } from '@casebook/task-types/server';
import type { UploadedFile } from '../imports/uploaded-file.ts';
import { Report } from './report.ts';
import type { ItemUnit, StagedAnswer, TaskItem } from './repository.ts';
import type { PlannedItem } from '@casebook/task-types/server';

/** What a file is held against. */
export interface TaskInHand {
  readonly id: string;
  readonly type: TaskTypeServer<unknown, unknown, unknown>;
  readonly protocol: unknown;
  readonly items: readonly TaskItem[];
  readonly open: (
    item: TaskItem,
  ) => Promise<{ readonly item: PlannedItem; readonly units: readonly ItemUnit[] }>;
}

export interface AnswersRead {
  readonly format: string;
  readonly staged: readonly StagedAnswer[];
  readonly report: AnswerReport;
}

const EZCOREF = /^\s*\[\s*\{\s*"(?:annotations|annotator_id)"\s*:/u;

/** Reads a file with answers of coders and puts each on the unit it is about. Rejects only where its source does. */
export async function readAnswers(
  file: UploadedFile,
  wish: AnswerFileWish,
  task: TaskInHand,
): Promise<AnswersRead> {
  const reading = new Reading(file.name, wish, task);
  const rows = judgementRowFormat(file.head);
  if (rows !== null) return reading.ofRows(file.bytes, rows);
  if (EZCOREF.test(new TextDecoder().decode(file.head))) return reading.ofEzCoref(file.bytes);
  return reading.ofDocuments(file.bytes);
}

class Reading {
  readonly #file: string;
  readonly #wish: AnswerFileWish;
  readonly #task: TaskInHand;
  readonly #report = new Report();
  readonly #staged = new Map<string, StagedAnswer>();
  readonly #taken = new Set<string>();

  constructor(file: string, wish: AnswerFileWish, task: TaskInHand) {
    this.#file = file;
    this.#wish = wish;
    this.#task = task;
  }

  /** The file's name without its folders and ending. */
  get #stem(): string {
    return this.#file.replace(/\.[A-Za-z0-9]{1,10}$/u, '');
  }

  #done(format: string): AnswersRead {
    return { format, staged: [...this.#staged.values()], report: this.#report.done() };
  }

  async ofDocuments(bytes: AsyncIterable<Uint8Array>): Promise<AnswersRead> {
    let format = 'not recognised';
    for await (const event of readDocuments(bytes, { fileName: this.#file })) {
      if (event.kind === 'understood') ({ format } = event);
      else if (event.kind === 'refused') this.#report.refuse(event.refusal);
      else await this.#document(event.document);
    }
    return this.#done(format);
  }

  /** The file holds no text: its sentences are those of the task's document that has its name. */
  async ofEzCoref(bytes: AsyncIterable<Uint8Array>): Promise<AnswersRead> {
    const item = this.#itemCalled(this.#stem, this.#stem);
    if (item === undefined) {
      this.#report.refuse(this.#fault(1, ...this.#noItem(this.#stem)));
      return this.#done('ezcoref');
    }
    const { content } = (await this.#task.open(item)).item;
    const sentences =
      content.kind === 'document'
        ? content.document.sentences.map(([start, end]) => ({
            tokens: content.document.tokens.slice(start, end).map(({ text }) => text),
            mentions: [],
          }))
        : [];
    const text = Readable.from([Buffer.from(JSON.stringify(sentences))]);
    const events = readEzCoref(
      { fileName: this.#file, bytes: text },
      { fileName: this.#file, bytes },
      { key: item.key },
    );
    for await (const event of events) {
      if (event.kind === 'refused') this.#report.refuse(event.refusal);
      else if (event.kind === 'document') await this.#document(event.document);
    }
    return this.#done('ezcoref');
  }

  async ofRows(bytes: AsyncIterable<Uint8Array>, format: 'jsonl' | 'csv'): Promise<AnswersRead> {
    const opened = new Map<string, Awaited<ReturnType<TaskInHand['open']>>>();
    for await (const event of readJudgementRows(bytes, { fileName: this.#file, format })) {
      if (event.kind === 'refused') {
        this.#report.refuse(event.refusal);
        continue;
      }
      const { judgement, line } = event;
      const item =
        this.#task.items.find(({ id }) => id === judgement.itemId) ??
        this.#itemCalled(judgement.itemName ?? '', judgement.itemName ?? '');
      if (judgement.taskId === this.#task.id) {
        const reason = 'the judgement is this task’s own and counts already';
        this.#report.refuse(this.#fault(line, reason, 'judgements of another task or instance'));
      } else if (item === undefined) {
        this.#report.refuse(this.#fault(line, ...this.#noItem(judgement.itemName ?? judgement.itemId)));
      } else {
        const found = opened.get(item.id) ?? (await this.#task.open(item));
        opened.set(item.id, found);
        this.#row(judgement, line, found);
      }
    }
    return this.#done(`judgements as ${format === 'csv' ? 'CSV' : 'JSON lines'}`);
  }

  #row(judgement: ReadJudgement, line: number, found: Awaited<ReturnType<TaskInHand['open']>>): void {
    const { item, units } = found;
    const { act, unitKey, stage, informed, extra, superseded } = judgement;
    if (act.kind === 'withdrawal' || superseded) return;
    const coder = this.#named(judgement.coderName);
    const unit = units.find(({ key }) => key === unitKey);
    const read = act.kind === 'answer' ? this.#fitting(act.answer, unit, found) : 'it is a skip';
    const why =
      unit === undefined
        ? `“${unitKey}” is no unit of “${item.name}” in this task`
        : stage !== 'annotation'
          ? 'it was given in validation'
          : informed || extra
            ? `it was ${informed ? 'given after others’ answers could be seen' : 'too late to count'}`
            : typeof read === 'string'
              ? read
              : null;
    if (why !== null || unit === undefined || typeof read === 'string') {
      this.#report.leftOut(
        coder,
        this.#fault(line, why ?? '', 'an answer that counts, to a unit of this task'),
      );
      return;
    }
    const { comment, receivedAt, elapsedMs, coderRating } = judgement;
    this.#stage(item.name, units.length, {
      coder,
      unitId: unit.id,
      answer: read.answer,
      comment,
      givenAt: receivedAt,
      elapsedMs: elapsedMs === null ? null : Math.round(elapsedMs),
      rating: coderRating,
    });
  }

  /** An answer as the task takes it, or what is wrong with it. */
  #fitting(
    answer: unknown,
    unit: ItemUnit | undefined,
    { item, units }: Awaited<ReturnType<TaskInHand['open']>>,
  ): { readonly answer: unknown } | string {
    const { type, protocol } = this.#task;
    const parsed = type.contract.answer.safeParse(answer);
    if (!parsed.success) return 'the answer is not one that this task takes';
    const misfit =
      type.misfit(parsed.data, protocol) ??
      (unit !== undefined && type.misfitOnUnit?.isNeeded(parsed.data) === true
        ? type.misfitOnUnit.of(parsed.data, type.contract.unit.parse(unit.content))
        : null) ??
      (unit !== undefined && type.misfitInItem?.isNeeded(parsed.data) === true
        ? type.misfitInItem.of(parsed.data, type.contract.unit.parse(unit.content), item.content, protocol)
        : null);
    if (misfit !== null) return misfit;
    const earlier = new Set(
      units.filter(({ reading }) => reading < (unit?.reading ?? 0)).map(({ key }) => key),
    );
    return type.pointsAt(parsed.data).every((key) => earlier.has(key))
      ? { answer: parsed.data }
      : 'it points at what is no earlier unit of this task';
  }

  async #document(document: ReadDocument): Promise<void> {
    const { outside } = this.#task.type;
    const { line, key, name } = document;
    for (const remark of document.remarks) this.#report.remark(`Line ${remark.line}: ${remark.reason}.`);
    if (outside === undefined) {
      const reason = 'this kind of task takes no answers from documents';
      this.#report.refuse(this.#fault(line, reason, 'judgements as they are exported'));
      return;
    }
    const item = this.#itemCalled(key, name);
    if (item === undefined || this.#taken.has(item.id)) {
      const [reason, expected] =
        item === undefined
          ? this.#noItem(name)
          : ([`“${item.name}” stands in the file twice`, 'every document once'] as const);
      this.#report.refuse(this.#fault(line, reason, expected));
      return;
    }
    const found = await this.#task.open(item);
    const answers = this.#answersOf(document, outside, found.item);
    if (answers === null) {
      this.#report.remark(`“${item.name}” brings no answers.`);
      return;
    }
    const units = found.units.map(({ key: unitKey, content }) => ({
      key: unitKey,
      content: this.#task.type.contract.unit.parse(content),
    }));
    const placed = outside.place({ content: document.content, ...answers }, found.item, units);
    if (placed.kind === 'refused') {
      this.#report.refuse(this.#fault(line, placed.reason, 'the text and the kind of answers of this task'));
      return;
    }
    this.#taken.add(item.id);
    this.#report.document(item.name, units.length);
    const idOf = new Map(found.units.map((unit) => [unit.key, unit.id]));
    for (const { coder, key: unitKey, answer, comment, givenAt, elapsedMs, rating } of placed.answers) {
      const unitId = idOf.get(unitKey);
      if (unitId === undefined) continue;
      this.#stage(item.name, units.length, {
        coder,
        unitId,
        answer,
        comment: comment ?? null,
        givenAt: givenAt ?? null,
        elapsedMs: elapsedMs === undefined ? null : Math.round(elapsedMs),
        rating: rating ?? null,
      });
    }
    for (const { coder, reason } of placed.left)
      this.#report.leftOut(
        coder,
        this.#fault(line, `${item.name}: ${coder}: ${reason}`, 'an answer to a phrase of this task'),
      );
  }

  /** What a document's coders said, or its chains as one coder's; null where it has neither. */
  #answersOf(
    { answers, content }: ReadDocument,
    outside: NonNullable<TaskInHand['type']['outside']>,
    item: PlannedItem,
  ): { readonly answers: readonly CoderAnswer[]; readonly chains?: true } | null {
    if (this.#wish.kind === 'human' && answers !== undefined && answers.length > 0)
      return { answers: answers.map((answer) => ({ ...answer, coder: this.#named(answer.coder) })) };
    const brought = { ...item, content: { kind: 'document' as const, document: content } };
    const ofChains = outside.ofChains(brought, this.#wish.name ?? this.#stem);
    return ofChains.length === 0 ? null : { answers: ofChains, chains: true };
  }

  #stage(document: string, units: number, answer: StagedAnswer): void {
    const known = `${answer.coder}\n${answer.unitId}`;
    if (!this.#staged.has(known)) this.#report.answered(answer.coder, document, units, answer.unitId);
    // Of several answers of a coder to a unit the last counts.
    this.#staged.set(known, answer);
  }

  #named(coder: string): string {
    return this.#wish.name === undefined ? coder : `${this.#wish.name} ${coder}`;
  }

  /** By key, else by a name that only one has; a task's only document needs none, since its text is compared. */
  #itemCalled(key: string, name: string): TaskItem | undefined {
    const { items } = this.#task;
    const [byKey, byName] = [key.normalize('NFC'), items.filter((item) => item.name === name)];
    return (
      items.find((item) => item.key === byKey) ??
      (byName.length === 1 ? byName[0] : items.length === 1 ? items[0] : undefined)
    );
  }

  #noItem(name: string): readonly [reason: string, expected: string] {
    const some = this.#task.items.slice(0, 3).map((item) => `“${item.name}”`);
    return [
      `no document of this task is called “${name}”`,
      some.length === 0 ? 'a task that is planned' : `a document of this task, such as ${some.join(', ')}`,
    ];
  }

  #fault(line: number, reason: string, expected: string): Refusal {
    return { file: this.#file, line, column: 1, reason, expected };
  }
}
