import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

/** The dashboard is built to static files that the api serves; in development `vite` forwards /api to a running one. */
const API = process.env.WUXING_URL ?? 'http://127.0.0.1:8080';

/**
 * Every schema of Zod can describe itself as JSON Schema, which the server alone asks of it (OpenAPI). Without these calls
 * what would do it in a browser, 5 KiB packed, is not bundled.
 */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  transform: (code, id) =>
    /zod.v4.classic.schemas\.js$/.test(id)
      ? code.replace(
          /processors\.\w+Processor\(|create(?:Standard|To)JSONSchemaMethod\(/g,
          '(() => undefined)(',
        )
      : null,
};

export default defineConfig({
  root: 'dashboard',
  plugins: [vue(), withoutJsonSchema],
  define: {
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    // Every component has a setup, those of libraries too.
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
  },
  worker: { format: 'es' },
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    /** The Content-Security-Policy allows no data: scripts and no inline ones; files of their own for all. */
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'drawing', test: /node_modules.(echarts|zrender|vue-echarts)/, minShareCount: 4 },
            { name: 'often', minShareCount: 6 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': { target: API, changeOrigin: true } } },
});
