import type { CareerRowView, CareerView } from '@edirae/school';

/** A JSON document as text that is safe inside a script element: nothing in it can end the element or begin a comment. */
export function toDataBlock(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

interface Crumb {
  name: string;
  path: string;
}

function breadcrumb(origin: string, crumbs: readonly Crumb[]): object {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: crumbs.map(({ name, path }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name,
      item: `${origin}${path}`,
    })),
  };
}

/** A guide for search engines, in the words of schema.org: the occupation, its pay with source, questions and answers. */
export function describeCareer(origin: string, career: CareerView): string {
  const url = `${origin}/careers/${career.id}`;
  const pay = career.facts.find(({ percentiles }) => percentiles !== null);
  const occupation = {
    '@type': 'Occupation',
    '@id': `${url}#occupation`,
    name: career.title,
    description: career.lead,
    mainEntityOfPage: url,
    responsibilities: career.dayToDay.map(({ title, text }) => `${title}. ${text}`),
    skills: career.modules.map(({ title }) => title),
    ...(pay?.percentiles && pay.country
      ? {
          occupationLocation: { '@type': 'Country', name: pay.country },
          estimatedSalary: {
            '@type': 'MonetaryAmountDistribution',
            name: `${pay.definition}, ${pay.country}, ${pay.date}. ${pay.source.title}`,
            currency: pay.percentiles.currency,
            duration: 'P1Y',
            percentile25: pay.percentiles.p25,
            median: pay.percentiles.p50,
            percentile75: pay.percentiles.p75,
            percentile90: pay.percentiles.p90,
          },
        }
      : {}),
  };
  const questions = {
    '@type': 'FAQPage',
    '@id': `${url}#questions`,
    mainEntity: career.questions.map(({ question, answer }) => ({
      '@type': 'Question',
      name: question,
      acceptedAnswer: { '@type': 'Answer', text: answer },
    })),
  };
  const page = {
    '@type': 'WebPage',
    '@id': url,
    url,
    name: career.title,
    description: career.summary,
    inLanguage: 'en',
    dateModified: career.checkedOn,
    primaryImageOfPage: `${origin}/og/${career.id}.png`,
    about: { '@id': `${url}#occupation` },
  };
  const crumbs = [
    { name: 'Edirae', path: '/' },
    { name: 'Careers', path: '/careers' },
    { name: career.title, path: `/careers/${career.id}` },
  ];
  return toDataBlock({
    '@context': 'https://schema.org',
    '@graph': [page, occupation, questions, breadcrumb(origin, crumbs)],
  });
}

/** The list of guides. */
export function describeCareers(origin: string, careers: readonly CareerRowView[]): string {
  return toDataBlock({
    '@context': 'https://schema.org',
    '@type': 'ItemList',
    name: 'Career guides',
    itemListElement: careers.map(({ id, title }, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      name: title,
      url: `${origin}/careers/${id}`,
    })),
  });
}

/** Edirae itself, for its first page. */
export function describeSite(origin: string): string {
  return toDataBlock({
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: 'Edirae',
    url: `${origin}/`,
    description: 'Mastery learning for engineers: proof before pace.',
    inLanguage: 'en',
  });
}
