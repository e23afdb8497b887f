import manifest from '../package.json' with { type: 'json' };

/** Version of Edirae, as every package has it. */
export const VERSION: string = manifest.version;
