import { importSchema, streams, type Import } from '@casebook/contracts';
import { addressOf } from '../address.ts';
import { problemOf, ProblemError } from '../problem.ts';

/**
 * Sends a file to be read as a dry run; nothing is stored in the collection by it.
 *
 * `onsent` is told the share that has left, 0 to 1. XMLHttpRequest, because fetch does not tell.
 *
 * @throws ProblemError where the API refuses the file as a whole; TypeError where it can't be reached.
 */
export function upload(
  into: { projectId: string; collectionId: string },
  file: File,
  onsent: (share: number) => void,
): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.upload.onprogress = ({ loaded, total }) => {
      onsent(total === 0 ? 1 : loaded / total);
    };
    request.onerror = () => {
      reject(new TypeError('The connection broke while the file was being sent.'));
    };
    request.onload = () => {
      const response = new Response(request.responseText, { status: request.status });
      if (!response.ok) {
        void problemOf(response).then((problem) => {
          reject(new ProblemError(problem));
        });
        return;
      }
      const parsed = importSchema.safeParse(JSON.parse(request.responseText));
      if (parsed.success) resolve(parsed.data);
      else reject(new TypeError('The service answered with something that is no upload.'));
    };
    request.open('POST', addressOf(streams.upload, into));
    request.setRequestHeader('accept', 'application/json');
    request.send(body);
  });
}
