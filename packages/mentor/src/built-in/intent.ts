import type { Mode } from '../context.ts';

/** What kind of help a message asks for. */
export type Intent =
  | 'explain'
  | 'simpler'
  | 'example'
  | 'stuck'
  /** The last answer was not understood. */
  | 'lost'
  | 'compare'
  | 'why-wrong'
  | 'practise'
  | 'next'
  /** How far one is, how long it takes, whether it is enough: said by pages, not by a mentor. */
  | 'track'
  | 'begging'
  | 'about-mentor'
  | 'greeting';

/** In order: the first that fits is meant. */
const PATTERNS: readonly [Intent, RegExp][] = [
  [
    'about-mentor',
    /\b(who|what) are you\b|\bare you (an? )?(ai|bot|robot|human|real|person|machine|llm|model|chatgpt|gpt|claude)\b|\bwhat can you do\b|\bhow do you work\b|\bwhat do you (see|know) (of|about) me\b/,
  ],
  [
    'begging',
    /\b(just |simply |please )?(tell|give|show|send|print|reveal|say|hand|spill|leak|share)\b.{0,30}\b(the |me |correct |right |final |full )*(answer|answers|solution|solutions|result|key|answer key|number)\b(?! (sheet|rate))|\b(which|what) (option|letter|choice)\b|\bwhat('?s| is) the ((right|correct|final) (answer|option|value|number|one|choice)|answer|solution)\b|\bis (it|the answer) (option )?[a-e]\b|\b(solve|answer|do) (it|this|that)( one| item| question| exercise)? for me\b|\bi give up\b|\banswer key\b|\bjust (tell|give) (it|me)\b|\bskip (the )?(explanation|teaching)\b.{0,30}\banswer\b/,
  ],
  [
    'why-wrong',
    /\bwhy (was|is|were|am|did) (i|my|that|it|this)\b.{0,40}\b(wrong|incorrect|mistaken|miss(ed)?|fail(ed)?|false)\b|\bwhat did i (do|get|miss)\b.{0,12}\b(wrong|miss)?|\bwhere (is|was|did i make) (my|the) (mistake|error)\b|\b(explain|what was) my (mistake|error|last answer|wrong answer)\b|\bwhy (didn'?t|did not|wasn'?t) (my|that|it)\b.{0,30}\b(accepted|right|correct)\b|\bwhich misconception\b|\bi (got|had) (it|that|this)( last)?( one)? wrong\b/,
  ],
  [
    'lost',
    /\b(still )?(don'?t|do not|didn'?t|cannot|can'?t) (really )?(get|understand|follow|see) (it|this|that|you|why)\b|\bstill (lost|confused|unclear|not clear)\b|\b(i'?m|i am|this is|that'?s) (lost|confus\w+)\b|^\W*huh\W*$|\bwhat do you mean\b|\bmakes no sense\b/,
  ],
  [
    'stuck',
    /\b(stuck|hint|clue|nudge)\b|\b(small |little )?push\b.{0,20}\b(direction)?|\b(no|not any) (idea|clue) (how|where|what)\b|\b(where|how) (do|should|can|would) i (even )?(start|begin)\b|\bhow to (start|begin)\b|\bdon'?t (even )?know (where|how) to (start|begin)\b|\bcan'?t (get|figure|work|solve)\b|\bget me started\b|\bwhat('?s| is) the (first|next) step\b|\bhelp me (with this|on this|start|here)\b|\blost here\b/,
  ],
  [
    'track',
    /\b(finish|complete|done with|end of) my (track|goal|path|plan)\b|\bhow long (until|till|before|will it take|does it take) .{0,40}\b(track|goal|job|ready|done|finish\w*)\b|\bmy (deadline|forecast|progress)\b|\bam i (good enough|ready|qualified|far enough|skilled enough)\b|\bhow far (am|have) i\b/,
  ],
  [
    'next',
    /\bwhich (lesson|skill|topic|chapter) (should|shall|do|can) i\b|\bwhat (next|now)\b(?!.{0,4}\w{4,}.{20,})|\bwhat('?s| is) next\b|\bwhat (should|shall|do|can) i (do|learn|study|read|practi[cs]e) (next|now|today|first)\b|\bwhere (do|should) i (go|continue) (from here|next|now)\b|\bnext step (for me|on my track)\b|\bwhat comes (next|after)\b/,
  ],
  [
    'practise',
    /\b(practi[cs]e|drill|quiz|exercise|exercises)\b.{0,25}\b(me|with|on|about|for|please|some|question|questions|problem)?\b|\b(test|examine|challenge) me\b|\blet me (try|calculate|compute|work out|do|practi[cs]e|solve)\b|\b(give|ask) me (an?|some|another|one|something|a few|two|three)\b.{0,30}\b(problem|problems|question|questions|task|item|example to|to (calculate|solve|work|do|try|compute)|one)\b|\banother (one|question|problem)\b|\bi (want|would like|'d like) to (calculate|compute|practi[cs]e|try|work out|solve)\b|\bcould i (get|have|try) (an?|one|some)\b.{0,15}\b(drill|exercise|question|task|one)\b|\bharder\b.{0,15}\bone\b|\bsomething to (calculate|solve|work)\b/,
  ],
  [
    'simpler',
    /\b(simpler|more simply|in simple (words|terms)|eli5|like i'?m (five|5|a child)|dumb it down|easier words|in other words|say (it|that) again|too complicated|in (one|a) (line|sentence|nutshell)|in short|briefly|tl;?dr|sum (it|that) up|summari[sz]e (it|that|this)|shorter)\b/,
  ],
  [
    'compare',
    /\b(difference|differences|differ|distinction)\b|\b(versus|vs\.?)\b|\bcompare[ds]?\b|\brather than\b|\binstead of\b|\bwhich (is|one is|would be|pays|should)\b.{0,30}\b(better|best|cheaper|faster|right|quicker|off)\b|\bbetter (than|value)\b|\bwhen (would|should|do|is) (i|we|you|which)\b.{0,60}\b(or|over|instead|rather|better)\b|\b(should|do|shall|is|are|would) (we|i|it|scores|a|the)\b.{2,80}\bor\b|\S+ or \S+.{0,60}[:?]/,
  ],
  [
    'example',
    /\b(worked|concrete|numeric(al)?) example\b|\bshow me (an?|with|some) (example|numbers)\b|\bfor example\b\?|\bwith (real|actual|concrete|fresh|other) numbers\b|\bwalk me through\b|\bgive me an example\b|\ban example\b/,
  ],
  ['greeting', /^\s*(hi|hello|hey|good (morning|evening|afternoon)|thanks|thank you|ok|okay|cool)\W*$/],
];

/** What the message asks for; the mode of the conversation decides where the words do not. */
export function readIntent(question: string, mode: Mode): Intent {
  const text = question.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
  for (const [intent, pattern] of PATTERNS) if (pattern.test(text)) return intent;
  return mode === 'practise' ? 'practise' : 'explain';
}

/** "And on two nodes?", "why that?", "another one": what is said goes on from what was said. */
export function isFollowUp(question: string): boolean {
  return (
    /^\W*(and|but|so|ok|okay|then|why|how come|really|what about|how about|again|another|more|simpler|harder|easier|shorter|longer|please|go on|continue|for example|i (still )?(don't|do not))\b/i.test(
      question.replace(/[’‘]/g, "'"),
    ) || /\b(another one|that one|the other one|which one|the (first|second|last) one)\b/i.test(question)
  );
}

/** Words that point at what is on the page instead of naming it. */
const POINTING =
  /\b(this|that|it|these|here)( (one|item|question|exercise|task|skill|lesson|page|passage|problem|step|part))?\b|\b(my|the) (last|previous|first|second) (answer|try|attempt|one|mistake)\b|\bthe (item|question|exercise|task) (in front|at hand|above|here)\b|\bmy (answer|mistake|error)\b|\bagain\b|\banother one\b/i;

export function isPointing(question: string): boolean {
  return POINTING.test(question);
}
