import type { Change, Config, Doc, Operation, User } from '../solution/solution.ts';

/** An insurer that does not exist. Facts are known as data; documents and questions are written from them. */
export type Fact = { attribute: string; peril: string; plan: string; value: string };
export type Page = { doc: Doc; facts: Fact[] };
export type Asked = Pick<Fact, 'attribute' | 'peril' | 'plan'>;

const SYNONYMS = [
  ['deductible', 'excess', 'retention'],
  ['limit', 'maximum', 'cap'],
  ['deadline', 'timeframe'],
  ['rebate', 'discount'],
  ['theft', 'burglary'],
  ['flood', 'inundation'],
  ['glass', 'windscreen'],
];
const ATTRIBUTES = ['deductible', 'limit', 'deadline', 'rebate', 'surcharge'];
const PERILS = ['theft', 'flood', 'glass', 'hail', 'fire', 'storm', 'towing'];
const PLANS = ['comfort', 'basic', 'premium', 'family', 'senior', 'student'];
const GROUPS = ['claims', 'sales', 'legal', 'fraud'];
const FILLERS = [
  'Keep every receipt until the case is closed.',
  'Call the hotline if a person is hurt.',
  'This page is reviewed each spring.',
  'Photos help to settle a case quickly.',
];

export const CONFIG: Config = {
  trusted: ['policy', 'manual', 'notice'],
  stopWords: 'a an and are at claim claims customer do does for from have high how i in is it my much of on pay phone please tell the them there to under what which with'.split(' '),
  synonyms: SYNONYMS,
  cacheSize: 50,
};

export function createInsurer(random: () => number) {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = <T>(list: readonly T[], share: number) => list.filter(() => random() < share);
  const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);
  const other = (word: string) => pick(SYNONYMS.find((group) => group[0] === word) ?? [word]);
  let count = 0;
  /** No two are alike, so that a value says where it is from. */
  const value = () => String(10_000 + 37 * ++count + whole(0, 30));

  const user = (): User => ({ id: `u${whole(1, 400)}`, level: whole(0, 3), groups: some(GROUPS, 0.4) });
  const fact = (more: Partial<Fact> = {}): Fact => ({ attribute: pick(ATTRIBUTES), peril: pick(PERILS), plan: pick(PLANS), value: value(), ...more });
  const written = ({ attribute, peril, plan, value: amount }: Fact) =>
    pick([
      `The ${attribute} for ${peril} claims under the ${capital(plan)} plan is ${amount} EUR.`,
      `Under ${capital(plan)} the plan has a ${other(attribute)} of ${amount} EUR for ${other(peril)}.`,
      `${capital(plan)} plan, ${other(peril)}: the ${attribute} is ${amount} EUR.`,
    ]);
  const page = (id: string, facts: Fact[], more: Partial<Doc> = {}): Page => ({
    facts,
    doc: {
      id,
      version: 1,
      source: pick(CONFIG.trusted),
      level: whole(0, 3),
      groups: random() < 0.5 ? [] : some(GROUPS, 0.5),
      validFrom: whole(-100, 0),
      sentences: [pick(FILLERS), ...facts.map(written), pick(FILLERS)],
      ...more,
    },
  });
  const question = ({ attribute, peril, plan }: Asked) =>
    pick([
      `What is the ${other(attribute)} for ${other(peril)} under ${capital(plan)}?`,
      `How high is the ${other(attribute)} for ${other(peril)} claims with the ${capital(plan)} plan?`,
      `I have a customer on the phone: ${plan} plan, ${other(peril)}, which ${other(attribute)}?`,
      `Please tell them the ${other(attribute)}, ${capital(plan)} plan, ${other(peril)}`,
    ]);
  const put = (doc: Doc, at = 0): Operation => ['ingest', { at, kind: 'put', doc }];
  const remove = (id: string, version: number, at = 0): Operation => ['ingest', { at, kind: 'delete', id, version } satisfies Change];

  /** Pages with facts that are all about different things, unless a question hits two. */
  const library = (size: number) => Array.from({ length: size }, (_, at) => page(`doc-${at}`, Array.from({ length: whole(1, 4) }, () => fact())));

  return { whole, pick, some, user, fact, value, written, page, question, put, remove, library, everybody: { id: 'head', level: 3, groups: GROUPS } as User };
}
export type Insurer = ReturnType<typeof createInsurer>;

export const mayRead = (user: User, { level, groups }: Doc) => level <= user.level && (groups.length === 0 || user.groups.some((group) => groups.includes(group)));

/** The value that a question has for a user; null where there is none, or where two equally new pages differ. */
export function truth(pages: readonly Page[], user: User, { attribute, peril, plan }: Asked, now: number): string | null {
  const found = pages
    .filter(({ doc }) => CONFIG.trusted.includes(doc.source) && doc.validFrom <= now && mayRead(user, doc))
    .flatMap(({ doc, facts }) => facts.filter((one) => one.attribute === attribute && one.peril === peril && one.plan === plan).map((one) => ({ from: doc.validFrom, value: one.value })));
  const newest = found.filter(({ from }) => found.every((one) => one.from <= from));
  return new Set(newest.map((one) => one.value)).size === 1 ? newest[0]!.value : null;
}

export const wordsOf = (text: string): string[] => {
  const first = new Map(SYNONYMS.flatMap((group) => group.map((word): [string, string] => [word, group[0]!])));
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).filter((word) => !CONFIG.stopWords.includes(word)).map((word) => first.get(word) ?? word);
};
