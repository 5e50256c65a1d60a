import type { Collection, Task } from '@casebook/contracts';

export interface Step {
  readonly title: string;
  readonly why: string;
  readonly action: string;
  readonly href: string;
}

interface Standing {
  readonly tasks: readonly Task[];
  readonly collections: readonly Collection[];
  readonly guidelines: number;
  /** Members who judge. */
  readonly experts: number;
}

/** The one thing that holds a project up; null where nothing does. */
export function nextStep(home: string, { tasks, collections, guidelines, experts }: Standing): Step | null {
  const filled = collections.find((collection) => collection.items > 0);
  if (filled === undefined) {
    const empty = collections[0];
    return {
      title: 'First, something to judge',
      why: 'Upload texts with their markables, or a list of word pairs. Nothing is stored before you have seen what was understood.',
      action: empty === undefined ? 'Make a collection' : `Upload into ${empty.name}`,
      href: empty === undefined ? `${home}/collections/new` : `${home}/collections/${empty.id}`,
    };
  }
  if (tasks.length === 0) {
    return {
      title: 'Next, a task',
      why: 'A task says how a collection is judged: by which question, by how many experts each part, in which order.',
      action: 'Make a task',
      href: `${home}/tasks/new`,
    };
  }
  if (experts < 2) {
    return {
      title: 'Next, the experts',
      why: 'Agreement takes at least two who judge the same. An invitation is a link that works once; copy it, or let it be mailed.',
      action: 'Invite an expert',
      href: `${home}/people`,
    };
  }
  if (guidelines === 0) {
    return {
      title: 'Next, the guidelines',
      why: 'Half a page on what counts as the same saves days of disagreement. Every judgement remembers which version it was made under.',
      action: 'Write the guidelines',
      href: `${home}/guidelines`,
    };
  }
  const draft = tasks.find((task) => task.state === 'draft');
  if (draft !== undefined && tasks.every((task) => task.state === 'draft')) {
    return {
      title: 'All is laid out',
      why: `${draft.name} is a draft: nobody sees it before it is opened.`,
      action: 'Look at it and open it',
      href: `${home}/tasks/${draft.id}`,
    };
  }
  return null;
}
