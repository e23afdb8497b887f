import type { MentorContext } from '../context.ts';
import type { CurriculumPort, FoundSkill, SkillBrief } from '../port.ts';
import { isFollowUp, isPointing, type Intent } from './intent.ts';
import { contentWords } from './words.ts';

/** What a message is about. */
export interface Subject {
  skill: SkillBrief;
  /** Read from the words rather than taken from the page, and not by much: say so. */
  unsure: boolean;
  /** Further skills that the words fit, best first. */
  others: FoundSkill[];
}

/** From this fit on words outweigh the page they were written on. */
const CLEAR = 0.5;
/** Under this fit a skill was found by a word or two: the answer says what it was read as. */
const UNSURE = 0.45;
/** From this fit on even a message that goes on from the last one has changed its subject. */
const CHANGED = 0.75;
/** Under this fit nothing was found. */
const FAINT = 0.12;

/** Requests whose object is on the page unless the words say otherwise. */
const ABOUT_THE_PAGE: ReadonlySet<Intent> = new Set([
  'begging',
  'why-wrong',
  'stuck',
  'lost',
  'simpler',
  'example',
  'next',
]);

/** The skill that a message is about: named by its words, else the one at hand. */
export function findSubject(
  question: string,
  intent: Intent,
  context: MentorContext,
  port: CurriculumPort,
): Subject | undefined {
  const goesOn = context.about !== null && isFollowUp(question) && contentWords(question).size <= 6;
  const atHand =
    context.issue?.skill ?? (goesOn ? context.about : null) ?? context.atHand?.id ?? context.about;
  const found = port.findSkills(question, atHand);
  const [best] = found;
  const page = atHand === null ? undefined : port.findSkill(atHand);
  if (page && goesOn && (!best || best.fit < CHANGED || best.skill === page.id))
    return { skill: page, unsure: false, others: found.filter(({ skill }) => skill !== page.id) };
  // "How does this differ from X?" is about both; the page comes first.
  if (page && intent === 'compare' && /\b(this|it|that)\b/i.test(question))
    return { skill: page, unsure: false, others: found.filter(({ skill }) => skill !== page.id) };
  if (page && isAboutThePage(question, intent, best, page.id))
    return { skill: page, unsure: false, others: found.filter(({ skill }) => skill !== page.id) };
  if (intent === 'why-wrong' && context.missed && (!best || best.fit < CLEAR || isPointing(question))) {
    const missed = port.findSkill(context.missed.skill);
    if (missed) return { skill: missed, unsure: false, others: [] };
  }
  if (!best || best.fit < FAINT) return page && { skill: page, unsure: false, others: [] };
  const skill = port.findSkill(best.skill);
  return skill && { skill, unsure: best.fit < UNSURE, others: found.slice(1) };
}

function isAboutThePage(
  question: string,
  intent: Intent,
  best: FoundSkill | undefined,
  page: string,
): boolean {
  if (!best || best.skill === page) return true;
  const says = contentWords(question).size;
  if (ABOUT_THE_PAGE.has(intent)) return best.fit < CLEAR || says <= 4 || isPointing(question);
  if (isPointing(question) && says <= 5) return true;
  return best.fit < UNSURE && says <= 6;
}
