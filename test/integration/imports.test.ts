import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { importSchema, routes } from '@casebook/contracts';
import type { CollectionId, Import, ProjectId } from '@casebook/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitImport } from '../../apps/api/src/imports/commit.ts';
import { firstAdmin } from '../support/client.ts';
import type { TestClient } from '../support/client.ts';
import {
  CONLL,
  eventually,
  importFile,
  makeCollection,
  mustUpload,
  PAIRS,
  upload,
} from '../support/collections.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';

const SHARED = new URL('../../../shared/data/', import.meta.url);

let test: TestInstance;
let admin: TestClient;
let projectId: ProjectId;
beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
});
afterAll(async () => {
  await test.stop();
});

function itemsOf(collectionId: CollectionId) {
  return admin.must(routes.items, { params: { projectId, collectionId } });
}

function stateOf({ id: importId, collectionId }: Import) {
  return admin.must(routes.import, { params: { projectId, collectionId, importId } });
}

describe('a dry run', () => {
  it('says what a file of documents holds, and adds nothing', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    const read = await mustUpload(admin, projectId, collectionId, 'letters.conll', CONLL);
    expect(importSchema.parse(read)).toEqual(read);
    expect(read).toMatchObject({
      state: 'understood',
      format: 'CoNLL-2012',
      bytes: CONLL.length,
      counts: { items: 2, known: 0, tokens: 13, markables: 6, chains: 3, refused: 0 },
      refusals: [],
    });
    expect(read.preview.map(({ name, summary }) => [name, summary])).toEqual([
      ['letter', '10 tokens, 5 markables, 2 chains'],
      ['note', '3 tokens, 1 markable, 1 chain'],
    ]);
    expect((await itemsOf(collectionId)).rows).toEqual([]);
  });

  it('says which columns of a table were taken for what', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const read = await mustUpload(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    expect(read).toMatchObject({
      format: 'Word pairs, separated by commas',
      counts: { items: 4, gold: 4, ratings: 0, refused: 0 },
    });
    expect(read.remarks).toEqual([
      'Columns: words in “word1” and “word2”; part of speech in “POS”; gold score in “gold”.',
    ]);
    expect(read.preview[0]).toEqual({
      name: 'coast – shore (N)',
      summary: 'gold 9.1',
      content: {
        kind: 'word-pair',
        pair: { word1: 'coast', word2: 'shore', partOfSpeech: 'N', gold: 9.1 },
      },
    });
  });

  it('names file, line, column, reason and what was expected of every refusal, and keeps the rest', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const table = 'word1,word2,gold\ncoast,shore,9.1\nold,,1\ncar,petrol,=1+1\nsun,moon,4\n';
    const read = await mustUpload(admin, projectId, collectionId, 'faulty.csv', table);
    expect(read.counts).toMatchObject({ items: 2, refused: 2 });
    expect(read.refusals).toEqual([
      {
        file: 'faulty.csv',
        line: 3,
        column: 5,
        reason: expect.stringContaining('empty') as string,
        expected: 'a word',
      },
      {
        file: 'faulty.csv',
        line: 4,
        column: 12,
        reason: expect.stringContaining('=1+1') as string,
        expected: expect.any(String) as string,
      },
    ]);
  });

  it('lists one bad document among good ones and keeps the good ones', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    const broken = '#begin document (broken); part 000\nbroken\t0\t0\tShe\t(7\n\n#end document\n';
    const imported = await importFile(admin, projectId, collectionId, 'mixed.conll', `${broken}${CONLL}`);
    expect(imported.counts).toMatchObject({ items: 2, refused: 1 });
    expect(imported.refusals[0]).toMatchObject({ file: 'mixed.conll', line: 2 });
    expect((await itemsOf(collectionId)).rows.map(({ name }) => name)).toEqual(['letter', 'note']);
  });

  it('stores a document without markables, and says that there is nothing to judge', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    const bare = '#begin document (bare); part 000\nbare\t0\t0\tRain\t-\n\n#end document\n';
    const read = await mustUpload(admin, projectId, collectionId, 'bare.conll', bare);
    expect(read.counts.items).toBe(1);
    expect(read.remarks.join()).toContain('1 document holds no markables');
  });

  it('takes a pair that stands twice once, and one with other scores as another', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const table = 'word1,word2,gold\nmoney,cash,9.08\nmoney,cash,9.08\nmoney,cash,9.15\ncash,money,3\n';
    const read = await importFile(admin, projectId, collectionId, 'twice.csv', table);
    expect(read.counts).toMatchObject({ items: 3, gold: 3, refused: 0 });
    expect(read.remarks).toContain('1 item stands in the file more than once and count once.');
    expect(read.remarks).toContain('1 item stands in the file again with other scores; both are kept.');
    const again = await mustUpload(admin, projectId, collectionId, 'twice.csv', table);
    expect(again.counts).toMatchObject({ items: 3, known: 3, refused: 0 });
  });
});

describe('a commit', () => {
  it('adds everything in the order of the file and raises the version', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const imported = await importFile(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    expect(imported).toMatchObject({ state: 'committed', progress: 1 });
    const page = await admin.must(routes.items, { params: { projectId, collectionId }, query: { limit: 3 } });
    expect(page.rows.map(({ name, position }) => [position, name])).toEqual([
      [0, 'coast – shore (N)'],
      [1, 'gaffer – harpoon (N)'],
      [2, 'old – new (A)'],
    ]);
    const rest = await admin.must(routes.items, {
      params: { projectId, collectionId },
      query: { limit: 3, cursor: page.next ?? '' },
    });
    expect(rest).toMatchObject({ rows: [{ position: 3 }], next: null });
    const collection = await admin.must(routes.collection, { params: { projectId, collectionId } });
    expect(collection).toMatchObject({ version: 1, items: 4 });
    const itemId = page.rows[0]?.id;
    if (itemId === undefined) throw new Error('an item was expected');
    const item = await admin.must(routes.item, { params: { projectId, collectionId, itemId } });
    expect(item.content).toMatchObject({ kind: 'word-pair', pair: { word1: 'coast', gold: 9.1 } });
  });

  it('of the same file again adds nothing, and the dry run says so', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    await importFile(admin, projectId, collectionId, 'letters.conll', CONLL);
    const again = await mustUpload(admin, projectId, collectionId, 'renamed.conll', CONLL);
    expect(again.counts).toMatchObject({ items: 2, known: 2, refused: 0 });
    expect(again.remarks.join(' ')).toContain('This very file was added on');
    expect(again.remarks).toContain('All of this is in the collection already; it adds nothing.');
    const committed = await importFile(admin, projectId, collectionId, 'renamed.conll', CONLL);
    expect(committed.state).toBe('committed');
    const collection = await admin.must(routes.collection, { params: { projectId, collectionId } });
    expect(collection).toMatchObject({ version: 1, items: 2 });
  });

  it('refuses what the collection holds with other content', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    await importFile(admin, projectId, collectionId, 'letters.conll', CONLL);
    const changed = CONLL.replace('Nobody', 'Somebody');
    const read = await mustUpload(admin, projectId, collectionId, 'letters.conll', changed);
    expect(read.counts).toMatchObject({ items: 1, known: 1, refused: 1 });
    expect(read.refusals).toEqual([
      {
        file: 'letters.conll',
        line: 15,
        column: 1,
        reason: '“note” is in the collection already, with other content',
        expected: 'items that are new, or just as they are in the collection',
      },
    ]);
  });

  it('of two files that contradict each other takes the first and refuses the other’s part', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const one = await mustUpload(
      admin,
      projectId,
      collectionId,
      'one.csv',
      'word1,word2,gold\na,b,1\nc,d,2\n',
    );
    const two = await mustUpload(
      admin,
      projectId,
      collectionId,
      'two.csv',
      'word1,word2,gold\na,b,9\ne,f,3\n',
    );
    expect([one.counts.refused, two.counts.refused]).toEqual([0, 0]);
    for (const { id: importId } of [one, two])
      await admin.must(routes.commitImport, { params: { projectId, collectionId, importId } });
    const settled = await eventually(
      () => stateOf(two),
      ({ state }) => state === 'committed',
    );
    expect(settled.counts).toMatchObject({ items: 1, refused: 1 });
    expect((await itemsOf(collectionId)).rows.map(({ name }) => name)).toEqual(['a – b', 'c – d', 'e – f']);
  });

  it('asked for eight times at once adds everything once', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const read = await mustUpload(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    const params = { projectId, collectionId, importId: read.id };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => admin.call(routes.commitImport, { params })),
    );
    expect(answers.every(({ status }) => status === 202)).toBe(true);
    await eventually(
      () => stateOf(read),
      ({ state }) => state === 'committed',
    );
    expect((await itemsOf(collectionId)).rows).toHaveLength(4);
  });

  it('is not possible once an upload was discarded', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const read = await mustUpload(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    const params = { projectId, collectionId, importId: read.id };
    await admin.must(routes.discardImport, { params });
    expect((await stateOf(read)).state).toBe('discarded');
    expect(
      await test.instance.services.database.prisma.stagedItem.count({ where: { importId: read.id } }),
    ).toBe(0);
    expect((await admin.call(routes.commitImport, { params })).status).toBe(409);
  });

  it('leaves a row in the audit for reading, accepting and committing', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const { id } = await importFile(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    const { rows } = await admin.must(routes.audit, { params: { projectId } });
    const actions = rows.filter(({ subject }) => subject['importId'] === id).map(({ action }) => action);
    expect(actions.sort()).toEqual(['import.accepted', 'import.committed', 'import.read']);
  });
});

describe('a commit that was cut off', () => {
  it('leaves nothing, and is done from the beginning by whoever comes next', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const read = await mustUpload(admin, projectId, collectionId, 'pairs.csv', PAIRS);
    const { prisma } = test.instance.services.database;
    await prisma.import.update({
      where: { projectId_id: { projectId, id: read.id } },
      data: { state: 'committing' },
    });
    const key = { projectId, importId: read.id };
    const dying = {
      ...test.instance.services,
      // The process ends between the last row and the commit.
      database: new Proxy(test.instance.services.database, {
        get: (target, name) =>
          name === 'prisma'
            ? new Proxy(prisma, {
                get: (client, property) => {
                  if (property !== '$transaction') return Reflect.get(client, property) as unknown;
                  return (work: (transaction: unknown) => Promise<unknown>, options: object) =>
                    client.$transaction(async (transaction) => {
                      await work(transaction);
                      throw new Error('killed');
                    }, options);
                },
              })
            : (Reflect.get(target, name) as unknown),
      }),
    };
    await expect(commitImport(dying, key)).rejects.toThrow('killed');
    expect((await itemsOf(collectionId)).rows).toEqual([]);
    expect((await stateOf(read)).state).toBe('committing');
    await commitImport(test.instance.services, key);
    expect((await itemsOf(collectionId)).rows).toHaveLength(4);
    await commitImport(test.instance.services, key);
    expect((await itemsOf(collectionId)).rows).toHaveLength(4);
  });
});

describe('what is no file of this kind', () => {
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const zip = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 20, 0, 0, 0, 8, 0]);
  it.each([
    ['a PNG named .csv', 'pairs.csv', png, 415],
    ['a ZIP named .csv', 'pairs.csv', zip, 415],
    ['HTML named .jsonl', 'pairs.jsonl', '<!doctype html><script>alert(1)</script>', 415],
    ['NUL bytes in text', 'pairs.csv', 'a,b\n\u0000,c\n', 415],
    ['nothing', 'pairs.csv', '', 400],
    ['a million columns', 'wide.csv', `${'a,'.repeat(1_000_000)}b\n`, 400],
    ['one endless line', 'long.csv', 'x'.repeat(3_000_000), 400],
    ['annotated text among pairs', 'letters.conll', CONLL, 422],
  ])('%s is refused with a reason and leaves nothing', async (_name, file, content, status) => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const answer = await upload(admin, projectId, collectionId, file, content);
    if (answer.ok) throw new Error('this should have been refused');
    expect(answer.status).toBe(status);
    expect(answer.problem.detail).toContain(file);
    expect(await admin.must(routes.imports, { params: { projectId, collectionId } })).toEqual([]);
  });

  it('a table among documents is refused with 422', async () => {
    const collectionId = await makeCollection(admin, projectId, 'documents');
    expect((await upload(admin, projectId, collectionId, 'pairs.csv', PAIRS)).status).toBe(422);
  });

  it('text that is not UTF-8 is named by line and column', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const latin = new Uint8Array(Buffer.from('word1,word2\nsea,ship\nMärz,month\n', 'latin1'));
    const read = await mustUpload(admin, projectId, collectionId, 'latin.csv', latin);
    expect(read.refusals).toMatchObject([{ file: 'latin.csv', line: 3, column: 2 }]);
    expect(read.counts.items).toBe(1);
  });

  it('a request without a file, or with two, is refused with 400', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const path = `/projects/${projectId}/collections/${collectionId}/imports`;
    const none = new FormData();
    none.append('note', 'no file here');
    expect((await admin.fetch(path, { method: 'POST', body: none })).status).toBe(400);
    const two = new FormData();
    two.append('file', new File([PAIRS], 'one.csv'));
    two.append('file', new File([PAIRS], 'two.csv'));
    expect((await admin.fetch(path, { method: 'POST', body: two })).status).toBe(400);
    const json = await admin.fetch(path, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
    expect(await admin.must(routes.imports, { params: { projectId, collectionId } })).toEqual([]);
  });

  it('what says that it is too large is refused with 413 before it is sent', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${test.address}/api/v1/projects/${projectId}/collections/${collectionId}/imports`,
        {
          method: 'POST',
          headers: {
            cookie: admin.cookie ?? '',
            'content-type': 'multipart/form-data; boundary=x',
            'content-length': String(2 ** 31),
          },
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it('what does not say its length is cut off at the limit, with flat memory', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const piece = Buffer.alloc(1_048_576, 'x');
    const head = Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="pairs.csv"\r\n\r\nword1,word2\nsea,ship\n',
    );
    const body = async function* () {
      yield head;
      for (let sent = 0; sent < 300; sent += 1) {
        yield piece;
        await new Promise(setImmediate);
      }
    };
    const before = process.memoryUsage().rss;
    const status = await new Promise<number>((resolve, reject) => {
      const sent = request(
        `${test.address}/api/v1/projects/${projectId}/collections/${collectionId}/imports`,
        {
          method: 'POST',
          headers: { cookie: admin.cookie ?? '', 'content-type': 'multipart/form-data; boundary=x' },
        },
        (response) => {
          resolve(response.statusCode ?? 0);
          sent.destroy();
        },
      );
      sent.on('error', reject);
      Readable.from(body()).pipe(sent);
    });
    expect(status).toBe(413);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576);
    expect(await admin.must(routes.imports, { params: { projectId, collectionId } })).toEqual([]);
  });
});

describe('an upload that breaks off', () => {
  it('leaves nothing', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    await new Promise<void>((resolve) => {
      const sent = request(
        `${test.address}/api/v1/projects/${projectId}/collections/${collectionId}/imports`,
        {
          method: 'POST',
          headers: {
            cookie: admin.cookie ?? '',
            'content-type': 'multipart/form-data; boundary=x',
            'content-length': '1000000',
          },
        },
      );
      sent.on('error', () => undefined);
      sent.on('close', resolve);
      sent.write(
        `--x\r\ncontent-disposition: form-data; name="file"; filename="pairs.csv"\r\n\r\nword1,word2\n${'salt,pepper\n'.repeat(20_000)}`,
        () => setTimeout(() => sent.destroy(), 200),
      );
    });
    await eventually(
      () => admin.must(routes.imports, { params: { projectId, collectionId } }),
      (imports) => imports.length === 0,
    );
    expect(
      await test.instance.services.database.prisma.stagedItem.count({ where: { name: 'salt – pepper' } }),
    ).toBe(0);
  });
});

describe('the list of refusals', () => {
  it('is a CSV that no spreadsheet runs, under a name that ends no header', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const table = 'word1,word2,gold\nsea,ship,1\na,b,"=cmd|\' /C calc\'!A0"\n';
    const { id } = await mustUpload(admin, projectId, collectionId, '=Märchen.csv', table);
    const response = await admin.fetch(
      `/projects/${projectId}/collections/${collectionId}/imports/${id}/refusals.csv`,
    );
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="=M_rchen.csv refusals.csv"; filename*=UTF-8''%3DM%C3%A4rchen.csv%20refusals.csv`,
    );
    const [header, row] = (await response.text()).split('\r\n');
    expect(header).toBe('file,line,column,reason,expected');
    expect(row).toMatch(/^'=Märchen\.csv,3,5,/u);
  });
});

describe('who is no manager', () => {
  it('may not upload; an annotator does not learn that there is a collection', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const annotator = await joinAs(test, admin, projectId, 'anna@example.org', 'annotator');
    const researcher = await joinAs(test, admin, projectId, 'ruth@example.org', 'researcher');
    expect((await upload(annotator, projectId, collectionId, 'pairs.csv', PAIRS)).status).toBe(403);
    expect((await upload(researcher, projectId, collectionId, 'pairs.csv', PAIRS)).status).toBe(403);
    expect((await annotator.call(routes.collections, { params: { projectId } })).status).toBe(404);
    expect((await annotator.call(routes.items, { params: { projectId, collectionId } })).status).toBe(404);
    expect((await researcher.call(routes.items, { params: { projectId, collectionId } })).status).toBe(200);
  });

  it('of another project can’t reach a collection through it', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const elsewhere = await makeProject(admin, 'Elsewhere');
    expect((await upload(admin, elsewhere, collectionId, 'pairs.csv', PAIRS)).status).toBe(404);
  });
});

describe.skipIf(!existsSync(SHARED))(
  'the public corpora (skipped where they are not beside the repository)',
  () => {
    it.each([
      ['coref/litbank/conll/105_persuasion.conll', 'documents', { items: 1, refused: 0 }],
      ['coref/gum/GUM_fiction_lunre.conllu', 'documents', { items: 1, refused: 0 }],
      ['coref/gum/GUM_bio_byron.conll', 'documents', { items: 1, refused: 0 }],
      ['similarity/gold/ws353.tsv', 'word-pairs', {}],
      ['similarity/gold/men.tsv', 'word-pairs', { items: 3000, gold: 3000, refused: 0 }],
      ['similarity/ratings/ws353_set1.tsv', 'word-pairs', { items: 153, ratings: 1989 }],
    ] as const)('%s comes in, and comes in once', async (path, kind, counts) => {
      const collectionId = await makeCollection(admin, projectId, kind);
      const content = readFileSync(new URL(path, SHARED));
      const name = path.split('/').at(-1) ?? path;
      const imported = await importFile(admin, projectId, collectionId, name, new Uint8Array(content));
      expect(imported).toMatchObject({ state: 'committed', counts });
      const again = await mustUpload(admin, projectId, collectionId, name, new Uint8Array(content));
      expect(again.counts.known).toBe(imported.counts.items);
      expect(again.counts.items).toBe(imported.counts.items);
    });
  },
);

describe('a large table', () => {
  it('of 100,000 pairs is read and committed within seconds', async () => {
    const collectionId = await makeCollection(admin, projectId, 'word-pairs');
    const rows = Array.from({ length: 100_000 }, (_, index) => `left${index},right${index},${index % 10}\n`);
    const begun = performance.now();
    const read = await mustUpload(
      admin,
      projectId,
      collectionId,
      'large.csv',
      `word1,word2,gold\n${rows.join('')}`,
    );
    const understood = performance.now();
    expect(read.counts).toMatchObject({ items: 100_000, refused: 0 });
    await admin.must(routes.commitImport, { params: { projectId, collectionId, importId: read.id } });
    await eventually(
      () => stateOf(read),
      ({ state }) => state === 'committed',
    );
    const committed = performance.now();
    console.info(
      `100,000 pairs: understood in ${Math.round(understood - begun)} ms, committed in ${Math.round(committed - understood)} ms`,
    );
    // Seconds on an idle machine; what must not come back is a plan that reads all rows for each.
    expect(committed - begun).toBeLessThan(120_000);
    expect((await admin.must(routes.collection, { params: { projectId, collectionId } })).items).toBe(
      100_000,
    );
  }, 240_000);
});
