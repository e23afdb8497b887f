export type Span = { text: string; kinds: string[] };
export type Tagged = Span[];
export type Decision = { action: string; rule: string; reason: string; ticket?: string };
export type Step =
  | { new: string; as: string; args: unknown[] }
  | { on: string; call: string; args: unknown[]; as?: string }
  | { call: string; args: unknown[] };
export type Drive = (step: Step) => Promise<unknown>;
export type Test = {
  name: string;
  rubric: string;
  skill: string;
  steps?: Step[];
  expect?: unknown;
  raises?: { py: string; ts: string };
  check?: (results: unknown[]) => string | null;
  drive?: (step: Drive) => Promise<string | null>;
};

const control = (type: string) => ({ role: 'control', type });
const data = { role: 'data', type: 'text' };
export const tools = {
  search: { description: 'Searches the handbook.', effect: 'read', args: { query: data }, onTaint: 'deny', confirm: false },
  read_page: { description: 'Reads a page of the intranet.', effect: 'read', args: { url: control('url') }, onTaint: 'deny', confirm: false },
  send_mail: { description: 'Sends a mail.', effect: 'send', args: { to: control('email'), subject: data, body: data }, onTaint: 'deny', confirm: false },
  update_note: { description: 'Writes a note.', effect: 'write', args: { note: control('text'), text: data }, onTaint: 'ask', confirm: false },
  refund: { description: 'Pays money back.', effect: 'write', args: { order: control('text'), amount: control('number') }, onTaint: 'ask', confirm: true },
};
export const secret = 'CANARY-7f3a-91bd';
export const policy = {
  trusted: ['user', 'system'],
  private: ['crm'],
  approvers: ['dana', 'omar'],
  ticketMs: 60_000,
  hosts: ['intra.example', 'docs.example'],
  domains: ['corp.example'],
  secrets: [secret, 'sk-live-55512345'],
  patterns: ['ignore all previous instructions', 'you are now', 'do not tell the user'],
  tools,
};
export type ToolName = keyof typeof tools;

/** An assistant that does whatever the last text told it to, behind a firewall. */
export class Assistant {
  private readonly step: Drive;
  private readonly given: object;

  constructor(step: Drive, given: object = policy) {
    this.step = step;
    this.given = given;
  }

  async start(): Promise<this> {
    await this.step({ new: 'Firewall', as: 'wall', args: [this.given] });
    return this;
  }

  ask<T>(method: string, ...args: unknown[]): Promise<T> {
    return this.step({ on: 'wall', call: method, args }) as Promise<T>;
  }

  label(text: string, kind: string): Promise<Tagged> {
    return this.ask('label', text, kind);
  }

  decide(tool: string, args: Record<string, unknown>, now = 0, description = tools[tool as ToolName]?.description): Promise<Decision> {
    return this.ask('decide', { tool, description, args }, now);
  }
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
