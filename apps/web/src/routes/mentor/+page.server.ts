import {
  askMentor,
  chooseAnswerer,
  deleteTalks,
  getMentorDesk,
  getTalk,
  listTalks,
  readAnswer,
} from '@edirae/school';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { requireViewer, tooMany } from '#lib/server/learner.ts';
import type { Actions, PageServerLoad } from './$types';

const mode = z.enum(['explain', 'practise', 'feedback', 'examine']).catch('explain');

export const load: PageServerLoad = async ({ locals, url }) => {
  const { learnerId } = requireViewer(locals);
  const { school } = locals;
  const listed = await listTalks(school, learnerId);
  if (listed.outcome === 'check-open') return { silent: { checkId: listed.checkId } };
  const query = url.searchParams;
  const wanted = query.get('c');
  const talk = wanted === null ? null : await getTalk(school, learnerId, wanted);
  const skill = school.curriculum.skills.get(query.get('skill') ?? '');
  return {
    silent: null,
    desk: await getMentorDesk(school, learnerId),
    conversations: listed.conversations,
    talk: talk?.outcome === 'talk' ? talk.conversation : null,
    missing: talk?.outcome === 'not-found',
    skill: skill ? { id: skill.id, title: skill.title } : null,
    issueId: query.get('issue') ?? undefined,
    lab: school.curriculum.labs.find(({ id }) => id === query.get('lab'))?.id,
    mode: mode.parse(query.get('mode')),
    text: (query.get('q') ?? '').slice(0, 8000),
  };
};

const optional = z.string().max(100).optional();
const askForm = z.object({
  text: z.string().trim().max(8000),
  mode,
  skill: optional,
  issueId: optional,
  lab: optional,
  conversationId: optional,
  work: z.string().max(40_000).optional(),
});

export const actions: Actions = {
  ask: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const parsed = askForm.safeParse(Object.fromEntries(await request.formData()));
    if (!parsed.success)
      return fail(422, {
        problem: 'At most 8,000 characters, and 40,000 of work. Nothing was sent.',
        text: '',
      });
    const { text, work, ...rest } = parsed.data;
    if (text === '' && !work)
      return fail(422, { problem: 'Write what you want to know. Nothing was sent.', text });
    const asked = await askMentor(locals.school, learnerId, {
      ...rest,
      text: text === '' ? 'Please read this.' : text,
      ...(work ? { work: { name: 'work', text: work } } : {}),
    });
    switch (asked.outcome) {
      case 'started':
        // Without JavaScript the page comes when the answer is whole.
        await readAnswer(locals.school, learnerId, asked.messageId);
        return redirect(303, `/mentor?c=${asked.conversationId}#m-${asked.messageId}`);
      case 'rate-limited':
        return tooMany(asked.retryAfter);
      case 'check-open':
        return redirect(303, '/mentor');
      case 'not-found':
        return fail(404, { problem: 'What this was about is gone. Ask again from here.', text });
    }
  },

  choose: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const form = await request.formData();
    await chooseAnswerer(locals.school, learnerId, form.get('answers') === 'model' ? 'model' : 'built-in');
    const back = z
      .string()
      .max(100)
      .regex(/^[a-z0-9]*$/)
      .catch('')
      .parse(form.get('back'));
    redirect(303, back === '' ? '/mentor' : `/mentor?c=${back}`);
  },

  delete: async ({ request, locals }) => {
    const { learnerId } = requireViewer(locals);
    const conversationId = String((await request.formData()).get('conversationId') ?? '');
    await deleteTalks(locals.school, learnerId, { conversationId });
    redirect(303, '/mentor');
  },
};
