/**
 * Builds the page to dist: with the model beside it, a service worker that keeps all of it for use
 * without a network, and the headers that the host of the assets sends along.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const modelPath = fileURLToPath(new URL('../models/digits/digits.safetensors', import.meta.url));
const modelFile = 'models/digits.safetensors';

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
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** Serves the trained model in development and copies it into the build. */
const model: Plugin = {
  name: 'model',
  configureServer(server) {
    server.middlewares.use(`/${modelFile}`, (_request, response) => {
      response.setHeader('content-type', 'application/octet-stream');
      response.end(readFileSync(modelPath));
    });
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: modelFile, source: readFileSync(modelPath) });
  },
};

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
    name: 'hff-edge: draw a digit',
    short_name: 'hff-edge',
    description: 'A Hyperspherical Forward-Forward network reads digits on your device.',
    theme_color: '#4256d0',
    background_color: '#f6f5f1',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg,safetensors}'],
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
  plugins: [model, headersFile, offline],
  build: { rolldownOptions: { input: pages } },
  preview: { headers },
});
