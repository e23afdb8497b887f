/** Something the palette does besides finding. */
export interface Command {
  id: string;
  text: string;
  /** More words it is found by. */
  words: string;
  /** A key that does the same anywhere. */
  key?: string;
  href: string;
  /** For a learner only. */
  learner: boolean;
}

export const commands: readonly Command[] = [
  { id: 'next', text: 'Next best action', words: 'today continue what now', href: '/today', learner: true },
  { id: 'review', text: 'Review what is due', words: 'cards repeat', href: '/review', learner: true },
  { id: 'track', text: 'Go to your track', words: 'plan path', href: '/track', learner: true },
  {
    id: 'progress',
    text: 'Go to progress',
    words: 'numbers calibration states',
    href: '/progress',
    learner: true,
  },
  {
    id: 'verify',
    text: 'Verify my ledger',
    words: 'proof chain record',
    href: '/progress/ledger',
    learner: true,
  },
  {
    id: 'export',
    text: 'Export everything',
    words: 'download data backup',
    href: '/settings#data',
    learner: true,
  },
  { id: 'mentor', text: 'Ask the mentor', words: 'help chat explain', href: '/mentor', learner: true },
  {
    id: 'quiz',
    text: 'Take a quiz',
    words: 'questions test certification',
    href: '/library/quizzes',
    learner: false,
  },
  {
    id: 'library',
    text: 'Go to the library',
    words: 'learning center quizzes',
    href: '/library',
    learner: false,
  },
  { id: 'notes', text: 'Your notes', words: 'bookmarks written', href: '/library/notes', learner: true },
  {
    id: 'resources',
    text: 'Resources',
    words: 'sources papers books docs read saved',
    href: '/library/resources',
    learner: false,
  },
  {
    id: 'theme',
    text: 'Change the theme',
    words: 'dark light appearance settings',
    href: '/settings',
    learner: false,
  },
  { id: 'keys', text: 'Keyboard shortcuts', words: 'keys help', href: '/settings#keys', learner: false },
  { id: 'goal', text: 'State a goal', words: 'start plan track new', href: '/goal', learner: false },
  { id: 'careers', text: 'Career guides', words: 'jobs pay interview', href: '/careers', learner: false },
  {
    id: 'gate',
    text: 'How mastery is decided',
    words: 'rule gate check evidence',
    href: '/how-the-gate-works',
    learner: false,
  },
];

/** Commands whose words begin as the typed ones do, all of them; without words, all commands. */
export function findCommands(typed: string, isLearner: boolean): Command[] {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .filter(({ learner }) => isLearner || !learner)
    .filter(({ text, words }) => {
      const said = `${text} ${words}`.toLowerCase().split(/\s+/);
      return asked.every((word) => said.some((one) => one.startsWith(word)));
    });
}
