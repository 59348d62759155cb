/**
 * Builds the page to dist: with the model and the held-out digits beside it, a service worker that
 * keeps all of it for use without a network, and the headers that the host of the assets sends along.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { heldOutSheet } from './held-out.ts';

const modelPath = fileURLToPath(new URL('../models/digits/digits.safetensors', import.meta.url));

/** The demo, and the reference of the HTTP API. */
const pages = ['index.html', 'docs.html'].map((page) =>
  fileURLToPath(new URL(page, import.meta.url)),
);

const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
  'X-Content-Type-Options': 'nosniff',
};

/** Puts a file beside the page, in development and in the build. */
function fileBeside(fileName: string, type: string, make: () => Uint8Array): Plugin {
  return {
    name: `beside ${fileName}`,
    configureServer(server) {
      server.middlewares.use(`/${fileName}`, (_request, response) => {
        response.setHeader('content-type', type);
        response.end(make());
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source: make() });
    },
  };
}

const model = fileBeside('models/digits.safetensors', 'application/octet-stream', () =>
  readFileSync(modelPath),
);
const heldOut = fileBeside('held-out.png', 'image/png', heldOutSheet);

/** The headers in the form that Cloudflare's static assets read. */
const headersFile: Plugin = {
  name: 'headers-file',
  generateBundle() {
    const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
    const source = [
      '/*',
      ...lines,
      '/assets/*',
      '  Cache-Control: public, max-age=31536000, immutable',
      '',
    ].join('\n');
    this.emitFile({ type: 'asset', fileName: '_headers', source });
  },
};

const offline = VitePWA({
  injectRegister: false,
  manifest: {
    name: 'hff-edge: draw and teach',
    short_name: 'hff-edge',
    description: 'Reads what you draw, and learns what you teach it, on your device.',
    theme_color: '#4256d0',
    background_color: '#f6f5f1',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg,png,safetensors}'],
    // Without a network there is no document to make the reference from.
    globIgnores: ['docs.html', 'assets/docs-*'],
    maximumFileSizeToCacheInBytes: 25 * 2 ** 20,
    navigateFallback: null,
    skipWaiting: true,
    clientsClaim: true,
  },
});

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  define: { MODEL_BYTES: statSync(modelPath).size },
  plugins: [model, heldOut, headersFile, offline],
  worker: { format: 'es' },
  build: { rolldownOptions: { input: pages } },
  preview: { headers },
});
