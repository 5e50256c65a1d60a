import { pairedChange } from '@casebook/agreement';
import type { Estimate, PairedChangeOptions, Study, StudyMeasure } from '@casebook/agreement';
import type { AgreementChange, ShownEstimate } from '@casebook/contracts';
import { ONE_CODER } from './agreement-view.ts';

/** A measure of agreement under the name that it is shown by. */
export interface NamedMeasure {
  readonly id: string;
  readonly title: string;
  readonly meaning?: string;
  readonly estimate: StudyMeasure;
}

/** The same units by the same coders, twice; null where fewer than two coders are left. */
export interface Looks {
  readonly before: Study | null;
  readonly after: Study | null;
}

/** A measure in both looks, each with its own interval, and its change with one over the same draws. */
export function changeOf(
  { id, title, meaning, estimate }: NamedMeasure,
  { before, after }: Looks,
  { clusterOf, ...drawing }: PairedChangeOptions,
  show: (estimate: Estimate) => ShownEstimate,
): AgreementChange['measures'][number] {
  const named = { id, title, ...(meaning === undefined ? {} : { meaning }) };
  if (before === null || after === null) {
    const none = { kind: 'undefined' as const, reason: ONE_CODER };
    return { ...named, before: none, after: none, change: none };
  }
  const own = (study: Study): ShownEstimate =>
    show(
      estimate(study, {
        ...drawing,
        ...(clusterOf === undefined ? {} : { clusterOf: numbered(study.units.map(clusterOf)) }),
      }),
    );
  return {
    ...named,
    before: own(before),
    after: own(after),
    change: show(
      pairedChange(before, after, estimate, {
        ...drawing,
        ...(clusterOf === undefined ? {} : { clusterOf }),
      }),
    ),
  };
}

function numbered(names: readonly string[]): Uint32Array {
  const places = new Map([...new Set(names)].sort().map((name, place) => [name, place] as const));
  return Uint32Array.from(names, (name) => places.get(name) ?? 0);
}
