import { streams } from '@casebook/contracts';
import { addressOf } from '#lib/address.ts';

/** Downloads that every task offers, whatever its type. */
export function exportsOf(
  projectId: string,
  task: { readonly id: string },
): readonly { readonly href: string; readonly label: string; readonly what: string }[] {
  return [
    {
      href: addressOf(streams.judgements, { projectId }, { task: task.id, format: 'jsonl' }),
      label: 'Judgements as JSON lines',
      what: 'one a line, with everything that is known of it',
    },
    {
      href: addressOf(streams.judgements, { projectId }, { task: task.id, format: 'csv' }),
      label: 'Judgements as CSV',
      what: 'the same as a table',
    },
  ];
}
