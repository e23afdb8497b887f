/** Providers that a learner may bring a key for. */
export const providers = [
  { id: 'openai', text: 'OpenAI' },
  { id: 'anthropic', text: 'Anthropic' },
  { id: 'google', text: 'Google' },
] as const;
