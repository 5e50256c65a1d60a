import { columnsFor, PairTableWriter, readWordPairs } from '@casebook/corpora';
import type { WordPair } from '@casebook/contracts';
import { nameOf } from '../tables/read-text.ts';
import { type Terminal, UsageError } from '../usage.ts';
import type { Write } from './convert-documents.ts';
import type { ConvertCall } from './options.ts';
import type { ConvertReport } from './report.ts';
import { bytesOf, refused, unreadable } from './source.ts';

/** Converts a table of word pairs to commas or tabs; columns that are neither words, gold nor ratings are lost. */
export async function convertPairs(
  call: ConvertCall,
  terminal: Terminal,
  begin: (path: string) => Promise<Write>,
): Promise<Omit<ConvertReport, 'files'>> {
  const { source, target, to } = call;
  if (to !== 'csv' && to !== 'tsv')
    throw new UsageError(`${nameOf(source)} holds word pairs; expected --to csv or tsv, not ${to}`);
  const { fileName, bytes } = bytesOf(source, terminal);
  const pairs: WordPair[] = [];
  const lost: string[] = [];
  try {
    for await (const event of readWordPairs(bytes, { fileName })) {
      if (event.kind === 'refused') throw refused(source, event.refusal);
      if (event.kind === 'pair') pairs.push(event.pair);
      else
        for (const { name, role } of event.table.columns)
          if (role === 'ignored') lost.push(`the column ${name} is left out`);
    }
  } catch (error) {
    throw unreadable(nameOf(source), error);
  }
  const writer = new PairTableWriter(columnsFor(pairs), { separator: to === 'csv' ? ',' : '\t' });
  const write = await begin(target);
  await write(writer.header());
  await write(pairs.map((pair) => writer.row(pair)).join(''));
  return {
    in: source,
    from: 'word-pairs',
    out: target,
    to,
    pairs: pairs.length,
    lost: lost.length === 0 ? [] : [{ document: fileName, lost }],
    remarks: [],
  };
}
