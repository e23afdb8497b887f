import { toItem } from '@edirae/curriculum';
import { isOpen, stateOf, type LearnerState, type RecentAnswer } from '@edirae/engine';
import type {
  ExaminedInWords,
  IssueInWords,
  MentorContext,
  MissInWords,
  Mode,
  SkillInWords,
} from '@edirae/mentor';
import { skillTitle } from '../present/titles.ts';
import type { School } from '../school.ts';
import type { LearnerTransaction } from '../store/act-on.ts';
import type { StoredMentorEvent } from '../store/mentor-events.ts';
import type { StoredConversation, StoredMessage } from '../store/mentor-talks.ts';
import { nextView } from '../usecases/get-next.ts';
import type { StateName } from '../views.ts';
import type { MentorEventView } from './views.ts';

export const STATE_WORDS: Readonly<Record<StateName, string>> = {
  new: 'New',
  practising: 'Practising',
  placed: 'Placed',
  knows: 'Knows',
  demonstrated: 'Demonstrated',
  retained: 'Retained',
  applied: 'Applied',
};

/** Attempts told to a mentor, and turns of the conversation. */
const EVIDENCE = 12;
const TURNS = 6;

export interface Asked {
  question: string;
  mode: Mode;
  skill: string | null;
  issueId: string | null;
  work: { name: string; text: string } | null;
  conversation: StoredConversation | null;
  seed: string;
}

/** What the mentor is told, in plain words. No key, no name and no other learner is read here, so none can be passed on. */
export async function gatherContext(
  school: School,
  tx: LearnerTransaction,
  asked: Asked,
): Promise<MentorContext> {
  const turns = asked.conversation ? await readTurns(tx, asked.conversation.id) : [];
  const recent = listRecent(tx.state);
  const issue = asked.issueId === null ? null : await describeIssue(tx, asked.issueId);
  const skill = issue?.skill ?? asked.skill ?? asked.conversation?.skill ?? null;
  return {
    question: asked.question,
    mode: asked.mode,
    atHand: skill === null ? null : describeSkill(school, tx, skill),
    issue,
    missed: await findMiss(school, tx, recent, skill),
    evidence: recent.slice(0, EVIDENCE).map((answer) => inWords(school, answer)),
    next: nextView(school, tx.state, tx.now),
    history: turns.slice(-TURNS).flatMap(({ message, events }) => [
      { who: 'learner' as const, text: message.question },
      { who: 'mentor' as const, text: textOf(events) },
    ]),
    about: aboutWhat(turns),
    task: taskOf(turns),
    work: asked.work,
    examined: asked.mode === 'examine' ? examinedIn(turns, asked.question) : [],
    seed: asked.seed,
  };
}

interface Turn {
  message: StoredMessage;
  events: MentorEventView[];
}

async function readTurns(tx: LearnerTransaction, conversationId: string): Promise<Turn[]> {
  const messages = await tx.store.listMessages(conversationId);
  return Promise.all(
    messages.slice(-20).map(async (message) => ({
      message,
      events: (await tx.store.listMentorEvents(message.id)).map(
        ({ body }: StoredMentorEvent) => body as MentorEventView,
      ),
    })),
  );
}

/** What the last answer was about: the first skill that it cites or leads to. */
function aboutWhat(turns: readonly Turn[]): string | null {
  for (const { events } of turns.toReversed())
    for (const event of events)
      if (event.type === 'cite' || event.type === 'offerLesson' || event.type === 'offerPractice')
        return event.skill;
  return null;
}

/** A task that the last answer set. It was drawn with the message's id. */
function taskOf(turns: readonly Turn[]): MentorContext['task'] {
  const last = turns.at(-1);
  const asked = last?.events.find((event) => event.type === 'ask' && event.about === 'task');
  const cited = last?.events.find((event) => event.type === 'cite');
  return last && asked?.type === 'ask' && cited?.type === 'cite'
    ? { skill: cited.skill, seed: last.message.id, prompt: asked.text }
    : null;
}

function textOf(events: readonly MentorEventView[]): string {
  return events
    .flatMap((event) =>
      event.type === 'text' || event.type === 'ask' || event.type === 'hint' ? [event.text] : [],
    )
    .join('\n\n');
}

/** Questions since the last opinion, each with the answer that followed; the message at hand answers the last. */
function examinedIn(turns: readonly Turn[], answer: string): ExaminedInWords[] {
  const since = turns.findLastIndex(({ events }) => events.some(({ type }) => type === 'opinion'));
  const examining = turns.slice(since + 1).filter(({ message }) => message.mode === 'examine');
  return examining.flatMap(({ events }, i) => {
    const asked = events.find((event) => event.type === 'ask');
    const said = examining[i + 1]?.message.question ?? answer;
    return asked ? [{ about: asked.about, question: asked.text, answer: said }] : [];
  });
}

function describeSkill(school: School, tx: LearnerTransaction, id: string): SkillInWords | null {
  const skill = school.curriculum.skills.get(id);
  return skill
    ? {
        id,
        title: skill.title,
        criterion: skill.criterion,
        state: STATE_WORDS[stateOf(tx.state.skills[id])],
        open: isOpen(tx.state, school.graph, id),
        written: skill.status === 'written',
      }
    : null;
}

/** An unanswered practice item as it was shown. A review stays unlabelled, so nothing of it is told. */
async function describeIssue(tx: LearnerTransaction, issueId: string): Promise<IssueInWords | null> {
  const open = tx.state.openIssues[issueId];
  if (open?.place !== 'practice') return null;
  const stored = await tx.store.findIssue(issueId);
  if (!stored) return null;
  const item = toItem(stored.variant);
  const given = Object.values(item.given ?? {}).map(({ label, value, unit }) =>
    `- ${label}: ${value} ${unit}`.trim(),
  );
  const options = [...(item.options ?? []), ...(item.left ?? []), ...(item.right ?? [])].map(
    ({ text }) => `- ${text}`,
  );
  const { hints } = stored.variant;
  const next = hints[open.hints];
  return {
    skill: open.skill,
    kind: item.kind,
    prompt: [item.prompt, given.join('\n'), options.join('\n')].filter((part) => part !== '').join('\n\n'),
    hintsShown: hints.slice(0, open.hints),
    nextHint: next === undefined ? null : { n: open.hints + 1, text: next },
  };
}

type Answer = RecentAnswer & { skill: string };

/** Answers of all skills, newest first. Those of a placement stay unsaid: their verdicts were not given. */
function listRecent(state: LearnerState): Answer[] {
  return Object.entries(state.skills)
    .flatMap(([skill, { recent }]) => recent.map((answer) => ({ ...answer, skill })))
    .filter(({ place }) => place !== 'placement')
    .sort((a, b) => b.at - a.at);
}

/** The last wrong answer: on the skill at hand where there is one, else on any. */
async function findMiss(
  school: School,
  tx: LearnerTransaction,
  recent: readonly Answer[],
  skill: string | null,
): Promise<MissInWords | null> {
  const row = recent.find((one) => one.outcome === 'incorrect' && (skill === null || one.skill === skill));
  if (!row) return null;
  const stored = await tx.store.findIssue(row.issueId);
  const about = school.curriculum.skills
    .get(row.skill)
    ?.misconceptions.find(({ id }) => id === stored?.verdict?.misconception?.id);
  return {
    skill: row.skill,
    title: skillTitle(school, row.skill),
    when: `${ago(tx.now - row.at)} in ${row.place}`,
    belief: about?.belief ?? null,
    correction: about?.correction ?? null,
    feedback: stored?.verdict?.feedback ?? null,
  };
}

function ago(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 1) return 'just now';
  if (hours < 24) return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
  const days = Math.round(hours / 24);
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

function inWords(school: School, { skill, place, outcome, aid }: Answer): string {
  const result = { correct: 'right', incorrect: 'wrong', skipped: 'not known yet' }[outcome];
  return `${skillTitle(school, skill)}, ${place}: ${result}, ${aid === 'none' ? 'unaided' : 'aided'}`;
}
