import type { ResourceLevel, ResourceView } from '@edirae/school';

export const typeWords: Record<ResourceView['type'], string> = {
  docs: 'Documentation',
  paper: 'Paper',
  article: 'Article',
  standard: 'Standard',
  book: 'Book',
  course: 'Course',
  law: 'Law',
  code: 'Code',
};

export const levelWords: Record<ResourceLevel, string> = {
  introductory: 'Introductory',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
};

/** What is known of it, in one line. */
export function aboutResource({ by, type, level, minutes, licence, checkedOn }: ResourceView): string {
  return [
    by,
    typeWords[type].toLowerCase(),
    levelWords[level].toLowerCase(),
    minutes === null ? '' : `${minutes} min`,
    licence ?? '',
    checkedOn === null ? '' : `checked ${checkedOn}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** An address with a query that leaves out what is empty. */
export function withQuery(path: string, values: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') query.append(name, String(value));
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
