import type { Curriculum } from '@edirae/curriculum';

interface Career {
  id: string;
  title: string;
  /** How people name it. */
  pattern: RegExp;
  targets(curriculum: Curriculum): string[];
}

/** Careers that a goal may name outright. */
const CAREERS: Career[] = [
  {
    id: 'ai-engineering-architect',
    title: 'AI Engineering Architect',
    pattern:
      /\b(ai|ml|machine learning)[\s-]+(engineering[\s-]+|engineer[\s-]+|systems?[\s-]+|platform[\s-]+|solutions?[\s-]+)?architect\b/i,
    targets: (curriculum) => [...curriculum.skills.keys()],
  },
];

/** The career that a goal names, if it names one. */
export function findCareer(
  curriculum: Curriculum,
  text: string,
): { id: string; title: string; targets: string[] } | undefined {
  const career = CAREERS.find(({ pattern }) => pattern.test(text));
  return career && { id: career.id, title: career.title, targets: career.targets(curriculum) };
}
