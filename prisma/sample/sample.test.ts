import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { itemIdSchema, textOfMention } from '@casebook/contracts';
import type { DocumentContent, WordPair } from '@casebook/contracts';
import { readDocuments, readWordPairs } from '@casebook/corpora';
import { taskTypeServers } from '@casebook/task-types/server';
import type { TaskTypeServer } from '@casebook/task-types/server';
import { beforeAll, describe, expect, it } from 'vitest';

function sample(name: string): string {
  return `${import.meta.dirname}/${name}`;
}

function typeNamed(name: string): TaskTypeServer<unknown, unknown, unknown> {
  const type = taskTypeServers.get(name);
  if (type === undefined) throw new Error(`there is no task type ${name}`);
  return type;
}

async function readStory(): Promise<{ name: string; document: DocumentContent; remarks: unknown[] }> {
  const stories = [];
  for await (const event of readDocuments(createReadStream(sample('story.conllu')), {
    fileName: 'story.conllu',
  })) {
    if (event.kind === 'refused') throw new Error(JSON.stringify(event.refusal));
    if (event.kind === 'document') stories.push(event.document);
  }
  const [story] = stories;
  if (story === undefined || stories.length > 1)
    throw new Error(`${stories.length} documents instead of one`);
  return { name: story.name, document: story.content, remarks: story.remarks };
}

describe('the sample story', () => {
  let name: string;
  let document: DocumentContent;
  let remarks: unknown[];
  /** Each phrase with its gold answer in words, in reading order. */
  let read: string[];

  beforeAll(async () => {
    ({ name, document, remarks } = await readStory());
    const type = typeNamed('coreference');
    const id = itemIdSchema.parse('00000000-0000-7000-8000-000000000001');
    const gold = type.gold({ id, name, content: { kind: 'document', document } });
    const textOf = new Map(
      document.mentions.map((mention) => [mention.id, textOfMention(document.tokens, mention)]),
    );
    read = document.mentions.map((mention) => {
      const answer = gold.get(mention.id);
      const words =
        answer === undefined ? 'nothing' : type.describe(answer, mention, (key) => textOf.get(key) ?? key);
      return `${textOf.get(mention.id) ?? ''}: ${words}`;
    });
  });

  it('is one document that is read without a remark', () => {
    expect(name).toBe('The clock on Saltmarsh Row');
    expect(remarks).toEqual([]);
    expect(document.paragraphs).toHaveLength(13);
    expect(document.tokens.filter(({ text }) => /\p{L}/u.test(text)).length).toBeGreaterThanOrEqual(350);
  });

  it('has gold for every phrase, and every answer points back', () => {
    const type = typeNamed('coreference');
    const id = itemIdSchema.parse('00000000-0000-7000-8000-000000000001');
    const gold = type.gold({ id, name, content: { kind: 'document', document } });
    const earlier = new Set<string>();
    for (const { id: key } of document.mentions) {
      const answer = gold.get(key);
      expect(answer, key).toBeDefined();
      expect(type.contract.answer.safeParse(answer).success).toBe(true);
      for (const target of type.pointsAt(answer)) expect(earlier).toContain(target);
      earlier.add(key);
    }
  });

  it('names every entity by one kind of thing throughout', () => {
    const kindOf = new Map(document.mentions.map(({ id, attributes }) => [id, attributes?.['etype']]));
    for (const { mentions } of document.chains) {
      expect(new Set(mentions.map((id) => kindOf.get(id))).size).toBe(1);
    }
  });

  it('shows every kind of answer', () => {
    expect(read).toContain('It: refers to nothing');
    expect(read).toContain('nobody: refers to nothing');
    expect(read).toContain('a widow: says what “Mrs Pike” is');
    expect(read).toContain('a parrot with a cold: new: not named before');
    expect(read).toContain('them: “Her nephew Tom” and “she” together');
    expect(read).toContain('all three of them: “herself”, “Tom” and “Miss Finch” together');
    expect(read).toContain('the best clock in the street: says what “the parrot” is');
    expect(read).toContain('the street: the same as “Saltmarsh Row”');
  });

  it('follows one plural to the next', () => {
    expect(read).toContain('they: “The silver clock” and “the parrot” together');
    expect(read).toContain('their: the same as “they”');
  });

  it('does not carry its own gold to the coders', () => {
    const type = typeNamed('coreference');
    const bare = JSON.stringify(type.withoutGold({ kind: 'document', document }));
    expect(bare).not.toMatch(/non-referring|property|person|split-antecedent/u);
  });
});

describe('the sample pairs', () => {
  let pairs: WordPair[];

  beforeAll(async () => {
    pairs = [];
    for await (const event of readWordPairs(createReadStream(sample('pairs.tsv')), {
      fileName: 'pairs.tsv',
    })) {
      if (event.kind === 'refused') throw new Error(JSON.stringify(event.refusal));
      if (event.kind === 'pair') pairs.push(event.pair);
    }
  });

  it('are thirty, each once, with a part of speech', () => {
    expect(pairs).toHaveLength(30);
    expect(new Set(pairs.map(({ word1, word2 }) => [word1, word2].sort().join(' '))).size).toBe(30);
    for (const { partOfSpeech } of pairs) expect(['N', 'V', 'A']).toContain(partOfSpeech);
  });

  it('have gold on the scale of the standard protocol, all over it', () => {
    const gold = pairs.map((pair) => pair.gold ?? -1);
    for (const score of gold) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(6);
    }
    for (const point of [0, 1, 2, 3, 4, 5]) {
      expect(gold.filter((score) => score >= point && score <= point + 1).length).toBeGreaterThanOrEqual(2);
    }
  });
});

it('the sample guidelines speak of both tasks', async () => {
  const text = await readFile(sample('guidelines.md'), 'utf8');
  expect(text).toMatch(/^## .*\(coreference\)$/mu);
  expect(text).toMatch(/^## .*\(similarity\)$/mu);
});
