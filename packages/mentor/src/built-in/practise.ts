import { showExample } from './explain.ts';
import { sayOutline, sayWhereToGo, type Events, type Telling } from './say.ts';

/** Practice where the learner stands: open and written, else what it rests on. */
export function* practise(telling: Telling): Events {
  const { skill, context, port } = telling;
  if (!skill.written) {
    yield {
      type: 'text',
      text: `**${skill.title}** has no items yet, so there is nothing to practise on it.`,
    };
    yield* sayOutline(telling);
    yield* sayWhereToGo(telling);
    const near = skill.requires.find(({ written, open }) => written && open);
    if (near) yield { type: 'offerPractice', skill: near.id, title: near.title };
    return;
  }
  if (!skill.open) {
    const missing = skill.requires.filter(({ open }) => !open).map(({ title }) => `**${title}**`);
    const first = skill.requires.find(({ written, open }) => written && open);
    yield {
      type: 'text',
      text: `**${skill.title}** is not open for practice yet: ${missing.length > 0 ? `it rests on ${missing.join(', ')}` : 'what it requires comes first'}. ${first ? `Start with **${first.title}**; or challenge it with a check.` : 'You may challenge it with a check.'}`,
    };
    yield { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion };
    yield* sayWhereToGo(telling);
    return;
  }
  const recent = context.evidence.filter((line) => line.startsWith(`${skill.title},`));
  const right = recent.filter((line) => line.includes(': right')).length;
  yield {
    type: 'text',
    text:
      recent.length === 0
        ? `You have no answers on **${skill.title}** yet. Practice begins with items of middling difficulty and follows how you do.`
        : `Of your last ${recent.length} ${recent.length === 1 ? 'answer' : 'answers'} on **${skill.title}**, ${right} ${right === 1 ? 'was' : 'were'} right. Practice goes on from there: the next item is chosen to be worth your while, not to be won.`,
  };
  yield { type: 'offerPractice', skill: skill.id, title: skill.title };
  if (recent.length === 0 || right * 2 < recent.length)
    yield* showExample(telling, 'To warm up, one that is worked out:');
  const passage = port.findPassage(telling.question, skill.id);
  yield { type: 'offerLesson', skill: skill.id, title: skill.title, heading: passage?.heading ?? '' };
}
