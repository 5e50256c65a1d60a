import type { Readable } from 'node:stream';

/** Where the files of releases are kept, by names of ours. */
export interface ReleaseStore {
  /** Keeps a file whole or not at all, in place of one of that name; its size. @throws StoreFailure */
  keep(name: string, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  /** @throws StoreFailure where it is not there, or can't be read. */
  open(name: string): Promise<Readable>;
}

/** The store took nothing, or gave nothing. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
}

/** Projects first, so that one project's files lie together. */
export function nameOfFile(projectId: string, number: number): string {
  return `${projectId}/${String(number)}.tar`;
}
