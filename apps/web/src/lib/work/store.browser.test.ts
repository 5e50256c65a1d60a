import { deleteDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { entry, leaseId, parked, rated, sent, userId } from './specimen.ts';
import { MemoryStore, openStore, type WorkStore } from './store.ts';

let names: string[] = [];
async function onDisk(): Promise<WorkStore> {
  const name = `casebook-test-${crypto.randomUUID()}`;
  names.push(name);
  return openStore(name);
}
afterEach(async () => {
  await Promise.all(names.map((name) => deleteDB(name)));
  names = [];
});

const given = (n: number, user = 1) => {
  const { seq: _, fate: __, ...rest } = entry(rated(n, n, 3));
  return { ...rest, userId: userId(user) };
};
const { taskId } = given(1);

describe.each([
  ['IndexedDB', onDisk],
  ['memory', () => Promise.resolve(new MemoryStore())],
])('a store in %s', (_, open) => {
  it('gives judgements back in the order they were given, each user their own', async () => {
    const store = await open();
    await Promise.all([3, 1, 2].map((n) => store.add(given(n))));
    await store.add(given(4, 2));
    const mine = await store.entries(userId(1));
    expect(mine.map(({ submission }) => submission.submissionId)).toEqual(
      [3, 1, 2].map((n) => given(n).submission.submissionId),
    );
    expect(mine.every(({ fate }) => fate.kind === 'waiting')).toBe(true);
    expect(await store.unsent()).toBe(4);
  });

  it('finds what is not sent, refused ones too', async () => {
    const store = await open();
    const [first, second, third] = [
      await store.add(given(1)),
      await store.add(given(2)),
      await store.add(given(3)),
    ];
    await store.settle(first, sent(first.submission));
    await store.settle(second, parked);
    const open_ = await store.unsentEntries(userId(1));
    expect(open_.map(({ seq, fate }) => [seq, fate.kind])).toEqual([
      [second.seq, 'parked'],
      [third.seq, 'waiting'],
    ]);
    expect((await store.entries(userId(1))).map(({ fate }) => fate.kind)).toEqual([
      'sent',
      'parked',
      'waiting',
    ]);
  });

  it('forgets with a section only what has arrived', async () => {
    const store = await open();
    const first = await store.add(given(1));
    await store.add(given(2));
    await store.settle(first, sent(first.submission));
    await store.leases.drop(userId(1), taskId, leaseId(1));
    expect(await store.entries(userId(1))).toHaveLength(1);
  });

  it('forgets everything of everybody when wiped, and lets nothing settle itself back', async () => {
    const store = await open();
    const first = await store.add(given(1));
    await store.add(given(2, 2));
    await store.wipe();
    await store.settle(first, sent(first.submission));
    expect(await store.unsent()).toBe(0);
    expect(await store.entries(userId(1))).toEqual([]);
  });

  it('has no lease that was not kept', async () => {
    const store = await open();
    expect(await store.leases.of(userId(1), taskId)).toBeNull();
    expect(await store.conferences.of(userId(1), taskId)).toBeNull();
  });
});

it('IndexedDB outlives the page', async () => {
  const name = `casebook-test-${crypto.randomUUID()}`;
  names.push(name);
  await (await openStore(name)).add(given(1));
  expect(await (await openStore(name)).unsent()).toBe(1);
});
