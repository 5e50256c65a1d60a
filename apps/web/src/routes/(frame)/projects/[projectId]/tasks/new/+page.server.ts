import { redirect } from '@sveltejs/kit';
import { makeTaskSchema, memberIdSchema, routes, taskIdSchema, taskPhaseSchema } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { z } from 'zod';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const [collections, members, tasks] = await Promise.all([
    call(event, routes.collections, { params }),
    call(event, routes.members, { params }),
    call(event, routes.tasks, { params }),
  ]);
  return {
    collections,
    trainings: tasks.filter(({ phase, state }) => phase === 'training' && state !== 'archived'),
    experts: members.filter((member) => member.role === 'annotator' && !member.disabled),
    asked: event.url.searchParams.get('collection'),
  };
};

/** Where the form does not ask for it. */
const TRAINING_LENGTH = 12;

const protocolSchema = z.record(z.string(), z.json());

/** The protocol as its form left it, or the type's example where no script ran. */
function protocolOf(form: FormData, type: string): z.input<typeof protocolSchema> | undefined {
  const contract = taskTypeContracts.get(type);
  if (contract === undefined) return undefined;
  const written = textOf(form, 'protocol');
  try {
    const parsed = contract.protocol.safeParse(
      written === '' ? contract.exampleProtocol : JSON.parse(written),
    );
    return parsed.success ? protocolSchema.parse(parsed.data) : undefined;
  } catch {
    return undefined;
  }
}

/** Named coders, each with the end of the day that was given as a deadline. */
function namedCoders(
  form: FormData,
): { memberId: z.output<typeof memberIdSchema>; deadline: string | null }[] {
  return form.getAll('coder').flatMap((id) => {
    const memberId = memberIdSchema.safeParse(id);
    if (!memberId.success) return [];
    const day = textOf(form, `deadline-${memberId.data}`);
    const deadline = /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T23:59:59Z` : null;
    return [{ memberId: memberId.data, deadline }];
  });
}

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const type = textOf(form, 'type');
    const protocol = protocolOf(form, type);
    if (protocol === undefined) return refuse(form, { type: 'Choose what kind of task it is.' });
    const seed = textOf(form, 'seed').trim();
    const named = namedCoders(form);
    const byName = textOf(form, 'who') === 'named';
    if (byName && named.length === 0) return refuse(form, { who: 'Choose at least one expert.' });
    const body = checked(makeTaskSchema, {
      name: textOf(form, 'name'),
      collectionId: textOf(form, 'collectionId'),
      type,
      phase: taskPhaseSchema.catch('production').parse(textOf(form, 'phase')),
      trainingTaskId: taskIdSchema.safeParse(textOf(form, 'trainingTaskId')).data ?? null,
      hiddenGoldRate: Number(textOf(form, 'hiddenGold')) / 100,
      trainingLength: Number(textOf(form, 'trainingLength') || TRAINING_LENGTH),
      wanted: Number(textOf(form, 'wanted')),
      order: textOf(form, 'order') === 'shuffled' ? 'shuffled' : 'reading',
      ...(seed === '' ? {} : { seed: Number(seed) }),
      coders: byName ? { kind: 'named', named } : { kind: 'whoever-comes' },
      protocol,
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.makeTask, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, `/projects/${event.params.projectId}/tasks/${done.value.id}`);
  },
};
