import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { cards } from './cards/cards-plugin.ts';

// `npm run dev` runs in this folder; the data folder is the repository's, as for `npm start`.
process.env['EDIRAE_DATA'] ??= new URL('../../data', import.meta.url).pathname;

/** Kit's route announcer carries a style attribute, which our policy refuses; base.css holds the same rules. */
const announcerWithoutStyle: Plugin = {
  name: 'announcer-without-style',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('runtime/components/root.svelte')) return undefined;
    return { code: code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1'), map: null };
  },
};

export default defineConfig({
  plugins: [
    announcerWithoutStyle,
    cards(),
    sveltekit({
      adapter: adapter(),
      compilerOptions: {
        runes: true,
        // A region that scrolls has to take focus, or the keyboard cannot scroll it.
        warningFilter: ({ code }) => code !== 'a11y_no_noninteractive_tabindex',
      },
      // Kit adds a nonce for the one inline script it writes; nothing else may run or style inline.
      csp: {
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
      // Kit's check cannot tell a program's bearer token from a browser's cookie; hooks.server.ts makes our own.
      csrf: { trustedOrigins: ['*'] },
      // Small styles of parts come with the page, under its nonce, instead of one request each.
      inlineStyleThreshold: 4096,
      // A relative address of a style would mean another file after the first move to a deeper page.
      paths: { relative: false },
      // The browser gets the route it is on, not a list of all of them.
      router: { resolution: 'server' },
      version: { pollInterval: 0 },
      // Only the page that goes on without a connection asks for it.
      serviceWorker: { register: false },
    }),
  ],
  build: {
    // light-dark() and nesting as they are: these browsers know them.
    target: ['chrome123', 'firefox121', 'safari17.5'],
    assetsInlineLimit: 0,
    // Small parts that most pages share travel together: less to fetch, and they compress better.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Every page needs both: one file compresses better than two.
            { name: 'base', test: /node_modules\/(svelte|@sveltejs\/kit)\/src/, minShareCount: 12 },
            { name: 'parts', test: /src\/lib\/(parts|words|state|keys)/, minShareCount: 5 },
          ],
        },
      },
    },
  },
  // Practice runs: each sandbox in a worker of its own, as a module.
  worker: { format: 'es' },
  server: { port: Number(process.env['PORT'] ?? 3000) },
});
