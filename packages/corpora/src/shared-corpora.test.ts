import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { documentContentSchema, wordPairSchema } from '@casebook/contracts';
import { describe, expect, it, vi } from 'vitest';
import type { BratSource } from './brat/read.ts';
import { readBrat } from './brat/read.ts';
import { writeConll2012 } from './conll-2012/write.ts';
import { writeConllU } from './conll-u/write.ts';
import type { ReadDocument } from './events.ts';
import { readEzCoref } from './ezcoref/read.ts';
import { writeGap } from './gap/write.ts';
import { writeOwnJsonl } from './own-jsonl/write.ts';
import { readDocuments } from './read-documents.ts';
import { readWordPairs } from './read-word-pairs.ts';
import { sharedFiles, sharedFilesPresent, shownPath } from './testing/shared-files.ts';
import { chainsShown, wordsOf } from './testing/spans.ts';
import { collected, reading } from './testing/streams.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

async function documentsOf(path: string): Promise<ReadDocument[]> {
  const events = await collected(readDocuments(createReadStream(path), { fileName: basename(path) }));
  for (const event of events) if (event.kind === 'refused') throw new Error(JSON.stringify(event.refusal));
  return events.flatMap((event) => (event.kind === 'document' ? [event.document] : []));
}

const listed = (folder: string, kept: (path: string) => boolean): { path: string; shown: string }[] =>
  sharedFiles(folder)
    .filter(kept)
    .map((path) => ({ path, shown: shownPath(path) }));

const coreference = [
  ...listed('coref/litbank/conll', () => true),
  ...listed('coref/gum', () => true),
  ...listed('coref/scorer-cases', (path) => !path.endsWith('.txt')),
  ...listed('coref/corefud', (path) => !path.endsWith('README')),
];

const otherFormats = [
  ...listed('coref/sacr', () => true),
  ...listed('coref/jsonlines', () => true),
  ...listed('coref/gap', () => true),
  ...listed('coref/split-antecedents', (path) => !path.endsWith('README')),
];

describe.skipIf(!sharedFilesPresent)(
  'public corpora beside the repository (skipped where they are absent)',
  () => {
    it.each(coreference)(
      '$shown imports, and comes back through CoNLL-U and CoNLL-2012',
      async ({ path }) => {
        const documents = await documentsOf(path);
        expect(documents.length).toBeGreaterThan(0);
        for (const { key, content } of documents) {
          expect(documentContentSchema.safeParse(content).error).toBeUndefined();
          const conllU = await reading(writeConllU({ key, content }).text, { fileName: 'x.conllu' });
          expect(conllU.documents.map((document) => chainsShown(document.content))).toEqual([
            chainsShown(content),
          ]);
          expect(conllU.documents.map((document) => document.content.tokens)).toEqual([content.tokens]);
          const { text, lost } = writeConll2012({ key, content });
          const conll2012 = await reading(text, { fileName: 'x.conll' });
          expect(conll2012.refusals).toEqual([]);
          expect(conll2012.documents.map((document) => wordsOf(document.content))).toEqual([
            wordsOf(content),
          ]);
          const whole = !lost.some((sentence) => /crosses|cross |discontinuous/u.test(sentence));
          if (whole)
            expect(conll2012.documents.map((document) => chainsShown(document.content))).toEqual([
              chainsShown(content),
            ]);
        }
      },
    );

    it.each(listed('coref/gum', (path) => path.endsWith('.conll')))(
      '$shown holds the same chains as its CoNLL-U',
      async ({ path }) => {
        const [[brackets], [entities]] = await Promise.all([documentsOf(path), documentsOf(`${path}u`)]);
        const sizes = (document: ReadDocument | undefined): string[] =>
          document?.content.chains.map(({ id, mentions }) => `${id}: ${mentions.length}`).sort() ?? [];
        expect(sizes(brackets).length).toBeGreaterThan(0);
        expect(sizes(brackets)).toEqual(sizes(entities));
      },
    );

    it.each(listed('similarity', (path) => !/\.long\.|vectors/u.test(path)))(
      '$shown imports as word pairs',
      async ({ path }) => {
        const events = await collected(readWordPairs(createReadStream(path), { fileName: basename(path) }));
        const pairs = events.flatMap((event) => (event.kind === 'pair' ? [event.pair] : []));
        expect(events.filter((event) => event.kind === 'refused')).toEqual([]);
        expect(pairs.length).toBeGreaterThan(20);
        expect(pairs.every((pair) => wordPairSchema.safeParse(pair).success && pair.gold !== undefined)).toBe(
          true,
        );
        if (path.includes('/ratings/'))
          expect(pairs.every((pair) => (pair.ratings?.length ?? 0) > 1)).toBe(true);
      },
    );

    it.each(listed('similarity', (path) => /\.long\.|vectors/u.test(path)))(
      '$shown is refused as no table of pairs',
      async ({ path }) => {
        const events = await collected(readWordPairs(createReadStream(path), { fileName: basename(path) }));
        expect(events.map((event) => event.kind)).toEqual(['refused']);
      },
    );

    it.each(otherFormats)('$shown imports, and comes back through our own JSONL', async ({ path }) => {
      const documents = await documentsOf(path);
      expect(documents.length).toBeGreaterThan(0);
      for (const { key, content } of documents) {
        expect(documentContentSchema.safeParse(content).error).toBeUndefined();
        const own = await reading(writeOwnJsonl({ key, content }).text, { fileName: 'x.jsonl' });
        expect(own.documents.map((document) => document.content)).toEqual([content]);
      }
    });

    it.each(listed('coref/gap', () => true))('$shown is written as it was read', async ({ path }) => {
      const documents = await documentsOf(path);
      const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
      const written = documents.map(({ key, content }) => writeGap({ key, content }).text.trimEnd());
      const cells = (row: string): string[] => row.split('\t').filter((_, index) => index !== 1);
      expect(written).toHaveLength(rows.length);
      const same = rows.filter((row, index) => cells(row).join() === cells(written[index] ?? '').join());
      expect(same.length / rows.length).toBeGreaterThan(0.9);
    });

    it.each(listed('coref/litbank/brat', (path) => path.endsWith('.txt')))(
      '$shown imports with its annotation, every span at its place',
      async ({ path }) => {
        const annotations = path.replace(/txt$/u, 'ann');
        const source = (file: string): BratSource => ({
          fileName: basename(file),
          bytes: createReadStream(file),
        });
        const events = await collected(readBrat(source(path), source(annotations)));
        expect(events.map((event) => event.kind)).toEqual(['understood', 'document']);
        const [document] = events.flatMap((event) => (event.kind === 'document' ? [event.document] : []));
        expect(document?.content.mentions.length).toBeGreaterThan(200);
        const spans = readFileSync(annotations, 'utf8')
          .split('\n')
          .filter((line) => line.startsWith('T'));
        expect(document?.content.mentions).toHaveLength(spans.length);
      },
    );

    it.each(listed('coref/ezcoref/annotations', () => true))(
      '$shown imports with its gold: five coders or so, one answer a span',
      async ({ path }) => {
        const gold = path.replace('annotations', 'gold_data');
        const source = (file: string): BratSource => ({
          fileName: basename(file),
          bytes: createReadStream(file),
        });
        const events = await collected(readEzCoref(source(gold), source(path), { key: basename(path) }));
        expect(events.map((event) => event.kind)).toEqual(['understood', 'document']);
        const [document] = events.flatMap((event) => (event.kind === 'document' ? [event.document] : []));
        const answers = document?.answers ?? [];
        expect(new Set(answers.map(({ coder }) => coder)).size).toBeGreaterThan(2);
        expect(new Set(answers.map(({ coder, mention }) => `${coder} ${mention}`)).size).toBe(answers.length);
        expect(document?.content.chains.length).toBeGreaterThan(0);
      },
    );

    it.each(listed('coref', (path) => /README/u.test(path)))(
      '$shown is text or refused, and nothing else',
      async ({ path }) => {
        const events = await collected(readDocuments(createReadStream(path), { fileName: basename(path) }));
        const [first] = events;
        expect(
          first?.kind === 'refused' || (first?.kind === 'understood' && first.format === 'plain-text'),
        ).toBe(true);
      },
    );
  },
);
