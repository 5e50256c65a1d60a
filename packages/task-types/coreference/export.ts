import type { Chain, DocumentContent } from '@casebook/contracts';
import { writeConll2012 } from '@casebook/corpora';
import { documentOf } from '../item-content.ts';
import type { TaskExport, UnitExport } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { OwnChains } from './own-chains.ts';
import { asRead } from './reading-order.ts';

/**
 * The majority reading of every document as CoNLL-2012. Phrases that name nothing by majority, and phrases that
 * nobody judged and nobody pointed at, are no mentions; an entity of one mention is written all the same. A phrase
 * that names several entities together stands in a chain of its own with those that name the same ones.
 */
export const conll2012: TaskExport<CoreferenceUnit, CoreferenceAnswer> = {
  format: 'conll-2012',
  title: 'CoNLL-2012, majority reading',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'conll',
  leavesOut: [
    'Readings other than the most supported one, and who supported which.',
    'Properties and phrases that refer to nothing: they are no mentions here.',
    'Which entities a plural names together: it stands in a chain of its own.',
    'The gaps of a discontinuous phrase: it is written from its first word to its last.',
    'Paragraphs, and which words no space follows.',
  ],
  async *write(items) {
    for await (const item of items) {
      yield writeConll2012({ key: item.item.name, content: majorityOf(item) }).text;
    }
  },
};

function majorityOf({ item, units }: UnitExport<CoreferenceUnit, CoreferenceAnswer>): DocumentContent {
  const document = documentOf(item);
  const majority = new OwnChains(
    [...units].sort(asRead).map(({ key, readings: [first] }) => ({ key, answer: first?.answer ?? null })),
  );
  const chains = new Map<string, Chain>();
  for (const { key } of units) {
    const mentions = majority.chainOf(key);
    const [first] = mentions;
    if (first === key) chains.set(key, { id: String(chains.size), mentions: [...mentions] });
  }
  const inChain = new Set(Array.from(chains.values()).flatMap(({ mentions }) => mentions));
  const { links: _links, ...rest } = document;
  return {
    ...rest,
    mentions: document.mentions.filter(({ id }) => inChain.has(id)),
    chains: [...chains.values()],
  };
}
