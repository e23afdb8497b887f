import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModel } from 'ai';

export const PROVIDERS = ['openai-compatible', 'openai', 'anthropic', 'google'] as const;
export type ProviderId = (typeof PROVIDERS)[number];

/** Which model answers, and with what key. */
export interface ModelSettings {
  provider: ProviderId;
  model: string;
  /** Of an OpenAI-compatible server, named by the operator; null for the others, whose addresses are fixed. */
  baseUrl: string | null;
  apiKey: string | null;
}

/** What a model is reached through: the caller decides which addresses exist. */
export type Fetch = typeof globalThis.fetch;

/** Where the providers that are listed by name listen; nobody can change these. */
const ADDRESSES: Readonly<Record<Exclude<ProviderId, 'openai-compatible'>, string>> = {
  openai: 'https://api.openai.com/v1',
  anthropic: 'https://api.anthropic.com/v1',
  google: 'https://generativelanguage.googleapis.com/v1beta',
};

/** The address that a model is reached at. */
export function addressOf({ provider, baseUrl }: Pick<ModelSettings, 'provider' | 'baseUrl'>): string {
  if (provider !== 'openai-compatible') return ADDRESSES[provider];
  if (baseUrl === null) throw new Error('An OpenAI-compatible server needs a base URL');
  return baseUrl;
}

export function openModel(settings: ModelSettings, fetch: Fetch): LanguageModel {
  const { provider, model } = settings;
  const baseURL = addressOf(settings);
  // Never left to an environment variable: a key is used only where somebody put it.
  const apiKey = settings.apiKey ?? 'none';
  switch (provider) {
    case 'openai':
      return createOpenAI({ baseURL, apiKey, fetch }).chat(model);
    case 'anthropic':
      return createAnthropic({ baseURL, apiKey, fetch })(model);
    case 'google':
      return createGoogleGenerativeAI({ baseURL, apiKey, fetch })(model);
    case 'openai-compatible':
      return createOpenAICompatible({
        name: 'operator',
        baseURL,
        fetch,
        includeUsage: true,
        ...(settings.apiKey === null ? {} : { apiKey: settings.apiKey }),
      })(model);
  }
}
