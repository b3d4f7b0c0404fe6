/// How the browser app is built: hashed names, pre-compressed copies, nothing that the page's
/// Content-Security-Policy would refuse (so no inlined assets).
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { precompress } from './scripts/precompress.ts';

/** Where `npm run dev` finds the server: start it there with `wyvern serve`. */
const server = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [svelte(), precompress()],
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
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
