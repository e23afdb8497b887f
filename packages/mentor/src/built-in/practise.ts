import type { MentorContext } from '../context.ts';
import type { MentorEvent } from '../events.ts';
import type { CurriculumPort, SkillBrief, WorkedVariant } from '../port.ts';
import { isFollowUp } from './intent.ts';
import { cite, sayOutline, sayWhereToGo, socratic, type Events, type Telling } from './say.ts';

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
  const offers: MentorEvent[] = [];
  const goesOn = context.about === skill.id && isFollowUp(telling.question);
  if (skill.open) {
    if (!goesOn) yield { type: 'text', text: soFar(telling) };
    offers.push({ type: 'offerPractice', skill: skill.id, title: skill.title });
  } else {
    const missing = skill.requires.filter(({ open }) => !open).map(({ title }) => `**${title}**`);
    const first = skill.requires.find(({ written, open }) => written && open);
    if (!goesOn)
      yield {
        type: 'text',
        text: `**${skill.title}** is not open for practice yet: ${missing.length > 0 ? `it rests on ${missing.join(', ')}` : 'what it requires comes first'}. ${first ? `Start with **${first.title}**, or challenge it with a check.` : 'You may challenge it with a check.'}`,
      };
    if (first) offers.push({ type: 'offerPractice', skill: first.id, title: first.title });
  }
  const task = drawTask(skill, context.seed, port);
  if (task) {
    yield {
      type: 'text',
      text: goesOn
        ? 'Another one:'
        : 'One to try here. It counts for nothing; write what you think, or that you do not know, and I show how it goes.',
    };
    yield { type: 'ask', n: 1, of: 1, about: TASK, text: task.prompt };
    yield task.source;
  } else yield { type: 'text', text: socratic(skill, context.history.length) };
  yield* offers;
  const passage = port.findPassage(task?.prompt ?? skill.criterion, skill.id);
  yield { type: 'offerLesson', skill: skill.id, title: skill.title, heading: passage?.heading ?? '' };
}

/** What the last answers on the skill were, told as a person would. */
function soFar({ skill, context }: Telling): string {
  const recent = context.evidence.filter((line) => line.startsWith(`${skill.title},`));
  const right = recent.filter((line) => line.includes(': right')).length;
  const title = `**${skill.title}**`;
  if (recent.length === 0)
    return `You have no answers on ${title} yet. Practice begins with items of middling difficulty.`;
  if (recent.length === 1)
    return `Your one answer so far on ${title} was ${right === 1 ? 'right' : 'not right'}. Practice goes on from there.`;
  const share = right === recent.length ? 'all' : right === 0 ? 'none' : `${right}`;
  return `Of your last ${recent.length} answers on ${title}, ${share} ${right === 1 ? 'was' : 'were'} right. Practice goes on from there.`;
}

/** How a task is told from a question of an examination. */
const TASK = 'task';

/** Asks for something else than to have the task's answer read. */
const OTHERWISE =
  /\b(another|next|new|harder|easier|different|again|practi[cs]e|quiz|drill|explain|hint|stuck|simpler|what is|why|difference|compare|how do|how does)\b/i;

/** Whether a message answers the task that was set, or says that one does not know, instead of asking for something else. */
export function isAnswerToTask(question: string, { task, issue, mode }: MentorContext): boolean {
  if (!task || issue || mode === 'feedback' || mode === 'examine' || question.length > 600) return false;
  if (
    /\b(don'?t know|no idea|give up|show (me )?(the |how)|solution|the answer)\b/i.test(
      question.replace(/[’‘]/g, "'"),
    )
  )
    return true;
  return !OTHERWISE.test(question) && (mode === 'practise' || !question.trim().endsWith('?'));
}

/** The task worked out, beside what was answered. Nothing of it is recorded: it is talk. */
export function* answerTask(question: string, context: MentorContext, port: CurriculumPort): Events {
  const skill = port.findSkill(context.task?.skill ?? '');
  const task = skill && context.task && drawTask(skill, context.task.seed, port);
  // What was drawn then may be open as an item by now, and is another one then.
  if (!skill || !task || task.prompt !== context.task?.prompt) {
    yield { type: 'text', text: 'That task is put away by now. Ask for another one.' };
    if (skill) yield { type: 'offerLesson', skill: skill.id, title: skill.title, heading: '' };
    return;
  }
  const number = task.value === null ? null : lastNumber(question);
  const agrees =
    number !== null && task.value !== null && Math.abs(number - task.value) <= Math.abs(task.value) * CLOSE;
  yield { type: 'text', text: agrees ? AGREES : number === null ? BESIDE : PARTS };
  yield { type: 'text', text: `**Solution.** ${task.solution}` };
  yield task.source;
  yield {
    type: 'text',
    text: agrees
      ? 'Say “another one” to go on. What counts is recorded in practice, not here.'
      : 'Say it once more in your own words without looking, then “another one” to go on.',
  };
  yield* sayWhereToGo({ question, context, port, skill });
}

const AGREES = 'Your number agrees. Compare the way, not the result alone:';
const PARTS = 'Yours is another number, or the same in another unit. Find the first step at which you part:';
const BESIDE = 'This is how it goes. Lay it beside yours, step by step:';

interface Task {
  prompt: string;
  solution: string;
  /** Null where it is no number. */
  value: number | null;
  source: MentorEvent;
}

/** A worked example without its solution; where a skill has none that can be drawn, a belief to argue with. The same seed draws the same. */
function drawTask(skill: SkillBrief, seed: string, port: CurriculumPort): Task | undefined {
  const variant = port.findWorkedVariant(skill.id, seed);
  if (variant) {
    const { solution, value, title } = variant;
    const source: MentorEvent = {
      type: 'cite',
      skill: skill.id,
      title: skill.title,
      heading: '',
      quote: title,
    };
    return { prompt: withGiven(variant), solution, value, source };
  }
  const beliefs = skill.misconceptions.filter(({ belief, correction }) => belief !== '' && correction !== '');
  const place = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003, 7);
  const drawn = beliefs[place % beliefs.length];
  if (!drawn) return undefined;
  const passage = port.findPassage(drawn.correction, skill.id);
  return {
    prompt: `A colleague says: “${drawn.belief}.” Where does that go wrong, and what would you say instead?`,
    solution: drawn.correction,
    value: null,
    source: passage
      ? cite(passage)
      : { type: 'cite', skill: skill.id, title: skill.title, heading: '', quote: skill.criterion },
  };
}

/** Rounding apart. */
const CLOSE = 0.01;

/** The number that is meant as the answer: after "is" or "=", or alone; not one inside a formula. */
function lastNumber(text: string): number | null {
  if (!/(?:^|[=≈:]|\b(?:is|get|got|about|be|say|roughly|around))\s*-?\d/i.test(text.trim())) return null;
  const found = text.match(/-?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?/gi)?.at(-1);
  const number = Number(found?.replaceAll(',', ''));
  return found === undefined || !Number.isFinite(number) ? null : number;
}

function withGiven({ prompt, given }: WorkedVariant): string {
  const list = given.map(({ label, value }) => `- ${label}: ${value}`).join('\n');
  return list === '' ? prompt : `${prompt}\n\n${list}`;
}
