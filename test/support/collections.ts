import { routes } from '@casebook/contracts';
import type { CollectionId, CollectionKind, Import, Problem, ProjectId } from '@casebook/contracts';
import type { TestClient } from './client.ts';

/** Two sentences, two documents: nested, repeated and single mentions. */
export const CONLL = `#begin document (letter); part 000
letter\t0\t0\tInspector\t(1
letter\t0\t1\tHarrow\t1)
letter\t0\t2\tread\t-
letter\t0\t3\this\t(2|(1)
letter\t0\t4\tletter\t2)
letter\t0\t5\t.\t-

letter\t0\t0\tHe\t(1)
letter\t0\t1\tburned\t-
letter\t0\t2\tit\t(2)
letter\t0\t3\t.\t-

#end document
#begin document (note); part 000
note\t0\t0\tNobody\t(1)
note\t0\t1\tcame\t-
note\t0\t2\t.\t-

#end document
`;

/** Word pairs with part of speech and a gold score. */
export const PAIRS = `word1,word2,POS,gold
coast,shore,N,9.1
gaffer,harpoon,N,0.3
old,new,A,1.58
smart,intelligent,A,9.2
`;

export async function makeCollection(
  manager: TestClient,
  projectId: ProjectId,
  kind: CollectionKind,
  name: string = kind,
): Promise<CollectionId> {
  const { id } = await manager.must(routes.makeCollection, { params: { projectId }, body: { name, kind } });
  return id;
}

export type Uploaded =
  | { readonly ok: true; readonly status: number; readonly body: Import }
  | { readonly ok: false; readonly status: number; readonly problem: Problem };

/** Uploads a file, as a browser's form does. */
export async function upload(
  client: TestClient,
  projectId: ProjectId,
  collectionId: CollectionId,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<Uploaded> {
  const form = new FormData();
  form.append('file', new File([content], fileName));
  const response = await client.fetch(`/projects/${projectId}/collections/${collectionId}/imports`, {
    method: 'POST',
    body: form,
  });
  const json: unknown = await response.json();
  return response.ok
    ? { ok: true, status: response.status, body: json as Import }
    : { ok: false, status: response.status, problem: json as Problem };
}

/** An upload that must be understood. */
export async function mustUpload(
  client: TestClient,
  projectId: ProjectId,
  collectionId: CollectionId,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<Import> {
  const uploaded = await upload(client, projectId, collectionId, fileName, content);
  if (!uploaded.ok) throw new Error(`${fileName}: ${JSON.stringify(uploaded.problem)}`);
  return uploaded.body;
}

/** Asks again until something is so, at most a minute and a half. */
export async function eventually<Value>(
  ask: () => Promise<Value>,
  isSo: (value: Value) => boolean,
): Promise<Value> {
  for (const deadline = Date.now() + 90_000; ;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (Date.now() > deadline) throw new Error(`never came: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Uploads a file and adds what it holds to the collection. */
export async function importFile(
  client: TestClient,
  projectId: ProjectId,
  collectionId: CollectionId,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<Import> {
  const { id: importId } = await mustUpload(client, projectId, collectionId, fileName, content);
  const params = { projectId, collectionId, importId };
  await client.must(routes.commitImport, { params });
  return eventually(
    () => client.must(routes.import, { params }),
    ({ state }) => state !== 'committing',
  );
}
