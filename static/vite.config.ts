/// How the browser app is built: hashed names, pre-compressed copies, nothing that the page's
/// Content-Security-Policy would refuse (so no inlined assets).
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { precompress } from './scripts/precompress.ts';

/** Where `npm run dev` finds the server: start it there with `wyvern serve`. */
const server = 'http://127.0.0.1:3000';

/** The name of the file that a message goes into. */
function languageOf(path: string): string | null {
  const tag = /\/i18n\/messages\/([^/]+)\//.exec(path)?.[1];
  return tag === undefined ? null : `language-${tag}`;
}

export default defineConfig({
  plugins: [svelte(), precompress()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // One file for each language.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: languageOf, debugName: 'languages' }] } } },
  },
  // The tests mount components as a browser does.
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
  server: { proxy: { '/api': server } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/i18n/testing.ts'],
  },
});
