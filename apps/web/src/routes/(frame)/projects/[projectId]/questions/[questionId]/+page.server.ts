import { answerQuestionSchema, publishDecisionSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { requireSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const { manages, project } = await event.parent();
  const [session, question] = await Promise.all([
    requireSession(event),
    call(event, routes.question, { params }),
  ]);
  const { memberId } = question.asker;
  const isOwn = session.memberships.some((one) => one.projectId === project.id && one.memberId === memberId);
  // Where it stands, with the asker's own answer and nobody else's.
  const unit =
    manages && question.unit !== null
      ? await call(event, routes.unit, {
          params: { projectId: params.projectId, unitId: question.unit.unitId },
        })
      : null;
  return {
    question,
    isOwn,
    inPlace:
      unit === null
        ? null
        : {
            type: unit.taskType,
            item: unit.item,
            content: unit.content,
            answers: unit.answers.filter(({ coder }) => coder === memberId),
          },
  };
};

export const actions: Actions = {
  answer: async (event) => {
    const form = await event.request.formData();
    const body = checked(answerQuestionSchema, { text: textOf(form, 'text') });
    if (!body.ok) return refuse(form, body.errors, 'answer');
    const done = await attempt(event, routes.answerQuestion, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'answer');
    return { answered: true };
  },
  publish: async (event) => {
    const form = await event.request.formData();
    const phrase = textOf(form, 'phrase').trim();
    const body = checked(publishDecisionSchema, {
      question: textOf(form, 'question'),
      answer: textOf(form, 'decision'),
      questionId: event.params.questionId,
      ...(phrase === '' ? {} : { phrase }),
    });
    if (!body.ok) {
      const { answer, ...others } = body.errors;
      return refuse(form, { ...others, ...(answer === undefined ? {} : { decision: answer }) }, 'publish');
    }
    const { projectId } = event.params;
    const done = await attempt(event, routes.publishDecision, { params: { projectId }, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'publish');
    return { published: done.value.number };
  },
};
