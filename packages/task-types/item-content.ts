import type { DocumentContent, WordPair } from '@casebook/contracts';
import type { PlannedItem } from './task-type-server.ts';

/** The document of an item. @throws TypeError where the item is something else: tasks of one kind only. */
export function documentOf(item: Pick<PlannedItem, 'name' | 'content'>): DocumentContent {
  if (item.content.kind !== 'document') throw misplaced(item, 'documents');
  return item.content.document;
}

/** The word pair of an item. @throws TypeError where the item is something else. */
export function wordPairOf(item: Pick<PlannedItem, 'name' | 'content'>): WordPair {
  if (item.content.kind !== 'word-pair') throw misplaced(item, 'word pairs');
  return item.content.pair;
}

function misplaced(item: Pick<PlannedItem, 'name' | 'content'>, wanted: string): TypeError {
  return new TypeError(`This task is over ${wanted}; "${item.name}" is a ${item.content.kind}.`);
}
