import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderStore } from './folder-store.ts';
import { StoreFailure } from './store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-store-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function* pieces(...words: string[]): AsyncGenerator<Uint8Array> {
  for (const word of words) yield await Promise.resolve(Buffer.from(word));
}

async function* brokenOff(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('half of '));
  throw new Error('nothing more came');
}

describe('a folder of releases', () => {
  it('gives back what it was given, and says how much that was', async () => {
    const store = new FolderStore(folder);
    expect(await store.keep('p/1.tar', pieces('a whole ', 'release'))).toBe(15);
    expect(await text(await store.open('p/1.tar'))).toBe('a whole release');
  });

  it('has nothing of what broke off, and still what was there before', async () => {
    const store = new FolderStore(folder);
    await store.keep('p/1.tar', pieces('whole'));
    await expect(store.keep('p/1.tar', brokenOff())).rejects.toThrow('nothing more came');
    await expect(store.keep('p/2.tar', brokenOff())).rejects.toThrow('nothing more came');
    expect(await readdir(join(folder, 'p'))).toEqual(['1.tar']);
    expect(await text(await store.open('p/1.tar'))).toBe('whole');
  });

  it('clears away drafts that nobody writes to any more, and no others', async () => {
    await mkdir(join(folder, 'p'));
    for (const name of ['1.tar.old.part', '1.tar.new.part', '11.tar.old.part', '1.tar.txt'])
      await writeFile(join(folder, 'p', name), '');
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const name of ['1.tar.old.part', '11.tar.old.part', '1.tar.txt'])
      await utimes(join(folder, 'p', name), yesterday, yesterday);
    await new FolderStore(folder).keep('p/1.tar', pieces('whole'));
    expect((await readdir(join(folder, 'p'))).sort()).toEqual([
      '1.tar',
      '1.tar.new.part',
      '1.tar.txt',
      '11.tar.old.part',
    ]);
  });

  it('says that it is the store that fails', async () => {
    await expect(new FolderStore(folder).open('p/1.tar')).rejects.toThrow(StoreFailure);
    await writeFile(join(folder, 'p'), 'a file where the folder should be');
    await expect(new FolderStore(folder).keep('p/1.tar', pieces('x'))).rejects.toThrow(StoreFailure);
  });
});
