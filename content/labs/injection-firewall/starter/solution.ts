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

/** The reason of a decision, by its rule. Given: use these texts. One that quoted the call would leak what it stops. */
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

export class Firewall {
  private readonly policy: Policy;

  constructor(policy: Policy) {
    this.policy = policy;
  }

  label(text: string, kind: string): Tagged {
    return [{ text, kinds: ['user'] }];
  }

  concat(parts: Tagged[]): Tagged {
    return [];
  }

  slice(tagged: Tagged, start: number, end: number): Tagged {
    return [];
  }

  derive(text: string, inputs: Tagged[]): Tagged {
    return [{ text, kinds: ['system'] }];
  }

  cite(text: string, inputs: Tagged[]): Tagged {
    return [{ text, kinds: ['system'] }];
  }

  decide(call: Call, now: number): Decision {
    return decision('allow', 'ok');
  }

  approve(ticket: string, who: string, now: number): boolean {
    return true;
  }

  redeem(ticket: string, call: Call, now: number): Decision {
    return decision('allow', 'approved');
  }

  pin(tool: string, description: string, who: string): boolean {
    return true;
  }

  scan(text: string): Finding[] {
    return [];
  }

  sanitise(text: string, sink: string): string {
    return text;
  }
}

function decision(action: Decision['action'], rule: string): Decision {
  return { action, rule, reason: REASONS[rule]! };
}
