import type { Curriculum } from '@edirae/curriculum';
import MiniSearch from 'minisearch';

/** A section of a lesson, or a skill's definition where it has no lesson yet. */
export interface Passage {
  id: string;
  skill: string;
  skillTitle: string;
  heading: string;
  /** Markdown. */
  text: string;
}

export interface PassageIndex {
  find(question: string, skill: string | null): Passage | undefined;
}

/** Under this score a passage shares a word with the question and no more. */
const LEAST_SCORE = 6;
/** What the page at hand is about counts for more than what merely shares its words. */
const AT_HAND = 2.5;

const STOP = new Set(
  'a about an and any are as at be by can could do does for from give have how i in is it its me mean my of on or please should so tell that the there this to use want was what when where which who why with would you your'.split(
    ' ',
  ),
);

/** Sections of the lessons, to be found by a question's words. */
export function buildPassageIndex(curriculum: Curriculum): PassageIndex {
  const passages = [...curriculum.skills.values()].flatMap((skill) => {
    const sections = (skill.lesson?.markdown ?? '').split(/^## +/m);
    const [opening = '', ...rest] = sections;
    const titled = [{ heading: '', text: opening }, ...rest.map((section) => splitHeading(section))];
    return titled
      .filter(({ text }) => text.trim() !== '')
      .map(({ heading, text }, i): Passage => ({
        id: `${skill.id}#${i}`,
        skill: skill.id,
        skillTitle: skill.title,
        heading,
        text: firstParagraphs(text),
      }));
  });
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const index = new MiniSearch<Passage>({
    fields: ['heading', 'skillTitle', 'text'],
    processTerm: (term) => {
      const word = term.toLowerCase();
      return STOP.has(word) ? null : word.replace(/(?<=[^s])s$/, '');
    },
    searchOptions: {
      boost: { heading: 2, skillTitle: 3 },
      prefix: (term) => term.length > 4,
      fuzzy: (term) => (term.length > 6 ? 0.15 : false),
    },
  });
  index.addAll(passages);
  return {
    find(question, skill) {
      const [best] = index.search(question, {
        boostDocument: (id) => (skill !== null && String(id).startsWith(`${skill}#`) ? AT_HAND : 1),
      });
      return best && best.score >= LEAST_SCORE ? byId.get(String(best.id)) : undefined;
    },
  };
}

function splitHeading(section: string): { heading: string; text: string } {
  const end = section.indexOf('\n');
  return end === -1
    ? { heading: section.trim(), text: '' }
    : { heading: section.slice(0, end).trim(), text: section.slice(end + 1) };
}

/** Prose of a section, without figures and boxes that need the page around them; enough to answer, not the whole lesson. */
function firstParagraphs(text: string): string {
  const prose = text
    .replace(/^:::[\s\S]*?^:::\s*$/gm, '')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '' && !block.startsWith('!['));
  return prose.slice(0, 3).join('\n\n');
}
