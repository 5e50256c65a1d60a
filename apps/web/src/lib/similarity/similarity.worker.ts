import { Cancelled, type Control, SimilarityDesk } from './desk.ts';
import { Refused } from './reading.ts';
import type { Asked, Got, Request, Response } from './requests.ts';

/** Does the page’s sums beside it. Nothing that is read here leaves the browser. */
const desk = new SimilarityDesk();
const cancelled = new Set<number>();

const say = (response: Response): void => {
  postMessage(response);
};

async function answer(asked: Asked, control: Control): Promise<Got> {
  switch (asked.kind) {
    case 'report':
      return { kind: 'report', read: await desk.report(asked.files, asked.options, control) };
    case 'model':
      return { kind: 'model', model: await desk.model(asked.file, control) };
    case 'compare':
      return { kind: 'compare', compared: desk.compare(asked) };
    case 'sanity':
      return { kind: 'sanity', sanity: await desk.sanity(asked.plan, asked.larger, control) };
  }
}

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.kind === 'cancel') {
    cancelled.add(data.id);
    return;
  }
  const { id } = data;
  const control: Control = {
    onProgress: (share) => {
      say({ id, kind: 'progress', share });
    },
    isCancelled: () => cancelled.has(id),
  };
  answer(data.asked, control).then(
    (got) => {
      say({ id, kind: 'done', got });
    },
    (error: unknown) => {
      if (error instanceof Cancelled) say({ id, kind: 'cancelled' });
      else if (error instanceof Refused) say({ id, kind: 'refused', reason: error.message });
      else {
        console.error(error);
        say({ id, kind: 'refused', reason: 'This could not be computed; the fault is ours.' });
      }
    },
  );
});
