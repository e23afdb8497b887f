/** A piece of text and every kind of source it derives from. */
export type Span = { text: string; kinds: string[] };
export type Tagged = Span[];
export type Argument = { role: 'control' | 'data'; type: 'text' | 'url' | 'email' | 'number' };
export type Tool = {
  description: string;
  effect: 'read' | 'write' | 'send';
  args: Record<string, Argument>;
  /** What happens when untrusted text would steer it. */
  onTaint: 'ask' | 'deny';
  /** A person confirms every call. */
  confirm: boolean;
};
export type Policy = {
  trusted: string[];
  private: string[];
  approvers: string[];
  ticketMs: number;
  hosts: string[];
  domains: string[];
  secrets: string[];
  patterns: string[];
  tools: Record<string, Tool>;
};
export type Call = { tool: string; description: string; args: Record<string, Tagged> };
export type Decision = {
  action: 'allow' | 'ask' | 'deny';
  rule: string;
  reason: string;
  ticket?: string;
};
export type Finding = { pattern: string; via: 'plain' | 'percent' | 'base64' };
type Ticket = { key: string; at: number; state: 'open' | 'approved' | 'used' };
type View = { via: Finding['via']; text: string };

/** Source of a text that a model wrote from nothing we know of. */
const UNKNOWN = 'unknown';

/** Why each rule holds a call up. Fixed texts: a reason that quotes the call would leak what it stops. */
const REASONS: Record<string, string> = {
  ok: 'Within the policy.',
  approved: 'Approved by a person for exactly this call.',
  malformed: 'The call does not have the arguments that the policy names.',
  'unknown-tool': 'The policy does not know this tool.',
  'tool-changed': 'The description of the tool is not the approved one; a person has to look at it.',
  secret: 'An argument holds something that must never leave.',
  egress: 'The address is not on the list of allowed ones.',
  taint: 'Text from an untrusted source would decide what the tool acts on.',
  private: 'Private text would leave.',
  confirm: 'A person confirms every use of this tool.',
  ticket: 'There is no valid approval for exactly this call.',
  error: 'The policy could not be applied.',
};

/** Decides about tool calls by where the text in their arguments comes from, not by what it says. */
export class Firewall {
  private readonly policy: Policy;
  private readonly tickets = new Map<string, Ticket>();
  private readonly pinned = new Map<string, string>();

  constructor(policy: Policy) {
    this.policy = policy;
  }

  label(text: string, kind: string): Tagged {
    return normal([{ text, kinds: [kind] }]);
  }

  concat(parts: Tagged[]): Tagged {
    return normal(parts.flat());
  }

  /** The characters from `start` to before `end`, each with its labels. */
  slice(tagged: Tagged, start: number, end: number): Tagged {
    let at = 0;
    const cut = tagged.map(({ text, kinds }) => {
      const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
      at += text.length;
      return { text: part, kinds };
    });
    return normal(cut);
  }

  /** A text that a model wrote after reading the inputs: it derives from all of them. */
  derive(text: string, inputs: Tagged[]): Tagged {
    const kinds = inputs.flat().flatMap((span) => span.kinds);
    return normal([{ text, kinds: kinds.length > 0 ? kinds : [UNKNOWN] }]);
  }

  /** Like derive, but a text that stands word for word in one trusted span keeps that span's labels. */
  cite(text: string, inputs: Tagged[]): Tagged {
    const source = inputs.flat().find((span) => this.isTrusted(span) && hasWord(span.text, text));
    return source ? normal([{ text, kinds: source.kinds }]) : this.derive(text, inputs);
  }

  decide(call: Call, now: number): Decision {
    try {
      const rule = this.ruleFor(call);
      const action = rule === 'ok' ? 'allow' : this.actionFor(rule, call.tool);
      if (action !== 'ask') return decision(action, rule);
      const ticket = `t${this.tickets.size + 1}`;
      this.tickets.set(ticket, { key: keyOf(call), at: now, state: 'open' });
      return { ...decision('ask', rule), ticket };
    } catch {
      return decision('deny', 'error');
    }
  }

  /** A person says yes to a ticket. Only this method can; no text in a call can. */
  approve(ticket: string, who: string, now: number): boolean {
    const found = this.tickets.get(ticket);
    if (found?.state !== 'open' || !this.policy.approvers.includes(who)) return false;
    if (now - found.at > this.policy.ticketMs) return false;
    found.state = 'approved';
    return true;
  }

  /** Runs an approved call, once, if it is still the call that was approved. */
  redeem(ticket: string, call: Call, now: number): Decision {
    const found = this.tickets.get(ticket);
    try {
      if (found?.state !== 'approved' || now - found.at > this.policy.ticketMs) return decision('deny', 'ticket');
      if (found.key !== keyOf(call)) return decision('deny', 'ticket');
    } catch {
      return decision('deny', 'error');
    }
    found.state = 'used';
    return decision('allow', 'approved');
  }

  /** A person has read a tool's new description. */
  pin(tool: string, description: string, who: string): boolean {
    if (!this.policy.approvers.includes(who) || !Object.hasOwn(this.policy.tools, tool)) return false;
    this.pinned.set(tool, description);
    return true;
  }

  /** Known phrases, also behind odd letters and encodings. A second layer: it informs, it never allows. */
  scan(text: string): Finding[] {
    const found = views(text);
    return this.policy.patterns.flatMap((pattern) => {
      const view = found.find(({ text: seen }) => plain(seen).includes(plain(pattern)));
      return view ? [{ pattern, via: view.via }] : [];
    });
  }

  /** Makes model output harmless where it is going. */
  sanitise(text: string, sink: string): string {
    switch (sink === 'latex' ? sink : 'html') {
      case 'html':
        return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
      case 'csv': {
        const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
        return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
      }
      case 'shell':
        return `'${text.replaceAll('\0', '').replaceAll("'", `'\\''`)}'`;
      case 'markdown':
        return this.markdown(text);
      default:
        throw new Error(`unknown sink ${sink}`);
    }
  }

  /** No image, no markup, and no address that is not allowed: whoever renders it fetches nothing for an attacker. */
  private markdown(text: string): string {
    return text
      .replace(/[<>]/g, (char) => ENTITIES[char]!)
      .replace(/!+\[/g, '[')
      // A definition of a link target is one only with the colon next to the bracket.
      .replaceAll(']:', '] :')
      .replace(/\]\([^)]*\)/g, (target) => (this.isAllowedUrl(target.slice(2, -1)) ? target : '](#blocked)'))
      .replace(BARE, (url) => (this.isAllowedUrl(url) ? url : '#blocked'));
  }

  private isTrusted(span: Span): boolean {
    return span.kinds.every((kind) => this.policy.trusted.includes(kind));
  }

  /** The first rule that holds the call up, in the order of the instructions, or `ok`. */
  private ruleFor(call: Call): string {
    if (!Object.hasOwn(this.policy.tools, call.tool)) return 'unknown-tool';
    const tool = this.policy.tools[call.tool]!;
    if (call.description !== (this.pinned.get(call.tool) ?? tool.description)) return 'tool-changed';
    const names = Object.keys(tool.args);
    if (Object.keys(call.args).length !== names.length || !names.every((name) => isTagged(call.args[name])))
      return 'malformed';
    const args = names.map((name) => ({ rule: tool.args[name]!, value: call.args[name]! }));
    if (args.some(({ rule, value }) => rule.type === 'number' && !/^-?\d+(\.\d+)?$/.test(textOf(value))))
      return 'malformed';
    const all = args.map(({ value }) => textOf(value));
    if (this.holdsSecret([...all, all.join('')])) return 'secret';
    if (args.some(({ rule, value }) => !this.isAllowedAddress(rule.type, textOf(value)))) return 'egress';
    if (args.some(({ rule, value }) => rule.role === 'control' && !value.every((span) => this.isTrusted(span))))
      return 'taint';
    const leaves = args.filter(({ rule }) => tool.effect === 'send' || rule.type === 'url');
    const isPrivate = (span: Span) => span.kinds.some((kind) => this.policy.private.includes(kind));
    if (leaves.some(({ value }) => value.some(isPrivate))) return 'private';
    return tool.confirm ? 'confirm' : 'ok';
  }

  private actionFor(rule: string, tool: string): 'ask' | 'deny' {
    if (rule === 'taint') return this.policy.tools[tool]!.onTaint === 'ask' ? 'ask' : 'deny';
    return rule === 'private' || rule === 'confirm' ? 'ask' : 'deny';
  }

  private holdsSecret(texts: string[]): boolean {
    const seen = texts.flatMap((text) => views(text)).map(({ text }) => squeezed(text));
    return this.policy.secrets.some((secret) => seen.some((text) => text.includes(squeezed(secret))));
  }

  private isAllowedAddress(type: Argument['type'], text: string): boolean {
    if (type === 'url') return this.isAllowedUrl(text);
    if (type !== 'email') return true;
    const found = /^[a-z0-9._%+-]+@([a-z0-9.-]+)$/i.exec(text);
    return found !== null && this.policy.domains.includes(found[1]!.toLowerCase());
  }

  /** Strict on purpose: what is not plainly an allowed https address is none. */
  private isAllowedUrl(text: string): boolean {
    const found = /^https:\/\/([a-z0-9.-]+)(?::\d+)?(?:[/?#][^\s\\]*)?$/i.exec(text);
    const host = found?.[1]!.toLowerCase();
    return host !== undefined && this.policy.hosts.some((one) => host === one || host.endsWith(`.${one}`));
  }
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What renderers make into a link of their own accord. */
const BARE = /(?:[a-z][a-z0-9+.-]*:\/\/|\bwww\.)[^\s)\]"']*/gi;

function decision(action: Decision['action'], rule: string): Decision {
  return { action, rule, reason: REASONS[rule]! };
}

/** No empty spans, kinds sorted and unique, neighbours with the same kinds joined. */
function normal(spans: Span[]): Tagged {
  const result: Tagged = [];
  for (const { text, kinds } of spans) {
    if (text === '') continue;
    const sorted = [...new Set(kinds)].sort();
    const last = result[result.length - 1];
    if (last && last.kinds.join('\n') === sorted.join('\n')) last.text += text;
    else result.push({ text, kinds: sorted });
  }
  return result;
}

function textOf(tagged: Tagged): string {
  return tagged.map((span) => span.text).join('');
}

/** A span without a kind has no origin, so it is no value of ours. */
function isTagged(value: unknown): value is Tagged {
  const isSpan = (span: unknown) =>
    typeof (span as Span | null)?.text === 'string' &&
    Array.isArray((span as Span).kinds) &&
    (span as Span).kinds.length > 0 &&
    (span as Span).kinds.every((kind) => typeof kind === 'string');
  return Array.isArray(value) && value.every(isSpan);
}

/** Whether a text stands in another as a whole, not as a piece of a longer word or address. */
function hasWord(text: string, wanted: string): boolean {
  if (wanted === '') return false;
  const isPart = (char: string | undefined) => char !== undefined && /[\w.@%+/-]/.test(char);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const after = text.slice(at + wanted.length);
    // A full stop at the end of a sentence is no part of an address.
    const follows = /^[.](\s|$)/.test(after) ? undefined : after[0];
    if (!isPart(text[at - 1]) && !isPart(follows)) return true;
  }
  return false;
}

/** What two calls have in common if a person, asked about one, has answered for the other. */
function keyOf(call: Call): string {
  const args = Object.keys(call.args).sort().map((name) => [name, textOf(call.args[name]!)]);
  return JSON.stringify([call.tool, call.description, args]);
}

/** The text as it is, and what it holds in percent or base64 encoding, two layers deep. */
function views(text: string): View[] {
  const found: View[] = [{ via: 'plain', text }];
  for (let depth = 0, from = 0; depth < 2; depth++) {
    const layer = found.slice(from);
    from = found.length;
    for (const { text: seen } of layer) {
      const decoded = seen.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
      if (decoded !== seen) found.push({ via: 'percent', text: decoded });
      // Where a run begins is not known: letters before it may belong to a path.
      for (const run of seen.match(/[A-Za-z0-9+/_-]{12,}/g) ?? [])
        for (let skip = 0; skip < 4; skip++) found.push({ via: 'base64', text: fromBase64(run.slice(skip)) });
    }
  }
  return found;
}

function fromBase64(run: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  let [bits, held, text] = [0, 0, ''];
  for (const char of run.replaceAll('-', '+').replaceAll('_', '/')) {
    held = ((held << 6) | letters.indexOf(char)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    text += String.fromCharCode((held >> bits) & 0xff);
  }
  return text;
}

/** One form for letters that look or count alike: compatibility forms, case, invisible characters, white space. */
function plain(text: string): string {
  const visible = text.normalize('NFKC').replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
  return visible.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}

/** Letters and digits alone, so that dots and spaces in between hide nothing. */
function squeezed(text: string): string {
  return plain(text).replace(/[^a-z0-9]/g, '');
}
