import { itemIdSchema, memberIdSchema, unitIdSchema } from '@casebook/contracts';
import type { MemberId } from '@casebook/contracts';
import type { CodedUnit } from '../task-type-server.ts';
import { numberedId } from './arbitrary-items.ts';

/** Coders by their place in the tables of {@link codingsOf}, from 0. */
export function coderAt(place: number): MemberId {
  return memberIdSchema.parse(numberedId(900 + place));
}

export interface CodingTable<Unit, Answer> {
  /** One row a coder, one column a unit; null is a missing answer. */
  readonly answers: readonly (readonly (Answer | null)[])[];
  readonly unitAt: (place: number) => Unit;
  /** The units' keys, and the item that they stand in. */
  readonly keyAt: (place: number) => string;
  readonly itemAt: (place: number) => number;
}

/** Codings from a table of answers. */
export function codingsOf<Unit, Answer>(table: CodingTable<Unit, Answer>): CodedUnit<Unit, Answer>[] {
  return table.answers.flatMap((row, coder) =>
    row.flatMap((answer, place) =>
      answer === null
        ? []
        : [
            {
              unitId: unitIdSchema.parse(numberedId(1000 + place)),
              itemId: itemIdSchema.parse(numberedId(1 + table.itemAt(place))),
              key: table.keyAt(place),
              unit: table.unitAt(place),
              coder: coderAt(coder),
              answer,
            },
          ],
    ),
  );
}
