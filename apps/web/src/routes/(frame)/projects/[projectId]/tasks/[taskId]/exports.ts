import { streams, type Task } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { addressOf } from '#lib/address.ts';

export interface Download {
  readonly href: string;
  readonly label: string;
  readonly what: string;
}

/** What can be taken out of a task: the streams that every task has, and the formats of its type. */
export function downloadsOf(
  projectId: string,
  { id, type, counts }: Pick<Task, 'id' | 'type' | 'counts'>,
): readonly Download[] {
  const validations = (['jsonl', 'csv'] as const).map((format) => ({
    href: addressOf(streams.validations, { projectId }, { task: id, format }),
    label: format === 'csv' ? 'Validations as CSV' : 'Validations as JSON lines',
    what:
      format === 'csv'
        ? 'the same as a table'
        : 'each verdict of the conference, with the reading that it is on',
  }));
  const formats = taskTypeContracts.get(type)?.exports ?? [];
  return [
    ...formats.map(({ format, title, what }) => ({
      href: addressOf(streams.export, { projectId, taskId: id, format }),
      label: title,
      what: what ?? 'what most experts say of each unit',
    })),
    {
      href: addressOf(streams.judgements, { projectId }, { task: id, format: 'jsonl' }),
      label: 'Judgements as JSON lines',
      what: 'one a line, with everything that is known of it; replaced ones come with include=superseded',
    },
    {
      href: addressOf(streams.judgements, { projectId }, { task: id, format: 'csv' }),
      label: 'Judgements as CSV',
      what: 'the same as a table',
    },
    {
      href: addressOf(streams.judgements, { projectId }, { task: id, format: 'parquet' }),
      label: 'Judgements as Parquet',
      what: 'the same table with typed columns, for R, pandas and DuckDB',
    },
    ...(counts.validations === 0 ? [] : validations),
    {
      href: addressOf(streams.readings, { projectId, taskId: id }, { format: 'jsonl' }),
      label: 'Readings as JSON lines',
      what: 'a line a unit: every reading, who stands for it, how probable it is, and who decided',
    },
    {
      href: addressOf(streams.readings, { projectId, taskId: id }, { format: 'csv' }),
      label: 'Readings as CSV',
      what: 'a line a reading',
    },
    {
      href: addressOf(streams.units, { projectId, taskId: id }),
      label: 'Units',
      what: 'what was asked, as JSON lines',
    },
  ];
}
