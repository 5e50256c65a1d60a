import {
  itemIdSchema,
  shownReadingIdSchema,
  unitIdSchema,
  type ItemContent,
  type ShownReadingId,
  type UnitId,
  type Verdict,
} from '@casebook/contracts';
import type { ConferenceWork, OwnVerdict, PutReading } from './conference-work.ts';
import type { WorkUnit } from './section-work.ts';

const uuid = (kind: number, n: number): string =>
  `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

/** A section under validation that lives in memory: for tests of validators. */
export class ConferenceRehearsal<Unit, Answer, Protocol> implements ConferenceWork<Unit, Answer, Protocol> {
  readonly protocol: Protocol;
  readonly items: ConferenceWork<Unit, Answer, Protocol>['items'];
  readonly units: readonly WorkUnit<Unit>[];
  readonly readings: readonly PutReading<Unit, Answer>[];
  comment: string = $state('');
  said: readonly string[] = $state.raw([]);
  /** Every verdict that was given, in order. */
  log: readonly {
    readonly reading: ShownReadingId;
    readonly verdict: Verdict;
    readonly instead: Answer | null;
    readonly comment: string;
  }[] = $state.raw([]);
  #at: ShownReadingId | null = $state(null);

  constructor(
    protocol: Protocol,
    content: ItemContent,
    units: readonly { readonly key: string; readonly content: Unit }[],
    readings: readonly { readonly key: string; readonly answer: Answer }[],
  ) {
    const itemId = itemIdSchema.parse(uuid(9, 1));
    this.protocol = protocol;
    this.items = [{ id: itemId, version: 1, name: 'The only one', content }];
    this.units = units.map((unit, n) => ({ ...unit, id: unitIdSchema.parse(uuid(2, n)), itemId }));
    this.readings = readings.flatMap(({ key, answer }, n) => {
      const unit = this.units.find((known) => known.key === key);
      return unit === undefined ? [] : [{ id: shownReadingIdSchema.parse(uuid(8, n)), unit, answer }];
    });
    this.goOn();
  }

  get current(): PutReading<Unit, Answer> | null {
    return this.readings.find(({ id }) => id === this.#at) ?? null;
  }

  get previous(): PutReading<Unit, Answer> | null {
    const last = this.log.findLast(({ reading }) => reading !== this.#at);
    return this.readings.find(({ id }) => id === last?.reading) ?? null;
  }

  verdictOn(id: ShownReadingId): OwnVerdict | null {
    const said = this.log.findLast(({ reading }) => reading === id);
    return said === undefined ? null : { verdict: said.verdict, comment: said.comment };
  }

  ownAnswer(unitId: UnitId): Answer | null {
    const ofUnit = this.readings.filter(({ unit }) => unit.id === unitId).map(({ id }) => id);
    const said = this.log.findLast(({ reading, instead }) => instead !== null && ofUnit.includes(reading));
    return said?.instead ?? null;
  }

  agree(): void {
    this.#say('agree', null);
  }

  disagree(instead: Answer): void {
    this.#say('disagree', instead);
  }

  cannotTell(): void {
    this.#say('unsure', null);
  }

  goTo(id: ShownReadingId): void {
    this.#at = id;
    this.comment = this.verdictOn(id)?.comment ?? '';
  }

  goOn(): void {
    this.#at = this.readings.find(({ id }) => this.verdictOn(id) === null)?.id ?? null;
    this.comment = '';
  }

  announce(message: string): void {
    this.said = [...this.said, message];
  }

  #say(verdict: Verdict, instead: Answer | null): void {
    if (this.#at === null) return;
    this.log = [...this.log, { reading: this.#at, verdict, instead, comment: this.comment }];
    this.goOn();
  }
}
