import { readWords, type Curriculum, type Skill } from '@edirae/curriculum';
import MiniSearch from 'minisearch';

/** A part of a lesson that can be read by itself. */
export interface LessonPassage {
  id: string;
  skill: string;
  /** Empty for the opening. */
  heading: string;
  /** Markdown without figures and directives. */
  text: string;
}

export interface PassageIndex {
  /** The passage of a skill's lesson that shares most with the words given; its opening where none does. */
  find(words: string, skill: string): LessonPassage | undefined;
}

/** Words after which a passage ends at the next block. */
const WORDS_A_PASSAGE = 110;

/** Lessons in passages, to be found by words. */
export function buildPassageIndex(
  curriculum: Curriculum,
  toStems: (text: string) => string[] = (text) => readWords(text).map(({ stem }) => stem),
): PassageIndex {
  const bySkill = new Map<string, LessonPassage[]>();
  for (const skill of curriculum.skills.values()) bySkill.set(skill.id, cutLesson(skill));
  const index = new MiniSearch<LessonPassage>({
    fields: ['heading', 'text'],
    storeFields: ['skill'],
    tokenize: (text) => readWords(text).map(({ stem }) => stem),
    processTerm: (stem) => stem,
    searchOptions: { boost: { heading: 1.5 }, fuzzy: (term) => (term.length > 6 ? 0.15 : false) },
  });
  index.addAll([...bySkill.values()].flat());
  return {
    find(words, skill) {
      const passages = bySkill.get(skill) ?? [];
      const query = toStems(words.slice(0, 2_000));
      const [best] = index.search(
        { queries: query, combineWith: 'OR' },
        { filter: (hit) => hit['skill'] === skill, tokenize: (stem) => [stem] },
      );
      return passages.find(({ id }) => id === best?.id) ?? passages[0];
    },
  };
}

function cutLesson({ id, lesson }: Skill): LessonPassage[] {
  if (!lesson) return [];
  const sections = flatten(lesson.markdown).split(/^## +/m);
  return sections
    .flatMap((section, i) => {
      const end = section.indexOf('\n');
      const heading = i === 0 ? '' : section.slice(0, end === -1 ? undefined : end).trim();
      const body = i === 0 ? section : end === -1 ? '' : section.slice(end + 1);
      return groupBlocks(body).map((text) => ({ heading, text }));
    })
    .map(({ heading, text }, i) => ({ id: `${id}#${i}`, skill: id, heading, text }));
}

/** Blocks in order, together until there is enough to answer with; a heading inside starts anew. */
function groupBlocks(body: string): string[] {
  const groups: string[][] = [];
  let words = Number.POSITIVE_INFINITY;
  for (const block of splitBlocks(body)) {
    if (words >= WORDS_A_PASSAGE || block.startsWith('### ') || block.startsWith('**Worked example')) {
      groups.push([]);
      words = 0;
    }
    groups.at(-1)?.push(block);
    words += block.split(/\s+/).length;
    // What leads up to a formula, a list or code is not left without it.
    if (words >= WORDS_A_PASSAGE && !/[.!?|`”)*]$|\$\$$/.test(block)) words = WORDS_A_PASSAGE - 1;
  }
  return groups.map((blocks) => blocks.join('\n\n'));
}

/** Paragraphs, lists, tables, and code between its fences. */
function splitBlocks(body: string): string[] {
  const blocks: string[] = [];
  let fenced: string[] = [];
  for (const block of body.split(/\n{2,}/)) {
    fenced.push(block);
    if ((fenced.join('\n\n').match(/^```/gm) ?? []).length % 2 === 1) continue;
    blocks.push(fenced.join('\n\n').trim());
    fenced = [];
  }
  if (fenced.length > 0) blocks.push(fenced.join('\n\n').trim());
  return blocks.filter((block) => block !== '' && !block.startsWith('![') && !block.startsWith('Read next:'));
}

/** Directives as the plain Markdown they stand for: a passage is read outside its page. */
function flatten(markdown: string): string {
  return markdown
    .replace(/^:::worked\{title="([^"]*)"\}[ \t]*$/gm, '**Worked example: $1**\n')
    .replace(/^:::worked[^\n]*$/gm, '**Worked example**\n')
    .replace(/^:::[^\n]*$/gm, '')
    .replace(/\]\(skill:([a-z0-9-]+)\)/g, '](/skills/$1)');
}
