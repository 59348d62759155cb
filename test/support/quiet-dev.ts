/** How tests run workerd by wrangler: on a free port, keeping nothing, saying nothing. */
export const quietDev = {
  server: { hostname: '127.0.0.1', port: 0 },
  persist: false,
  inspector: false,
  watch: false,
  logLevel: 'none',
} as const;
