import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['{app,ui,series,protocol,server,sdk/typescript,scripts,bench}/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, '**/dist/**'],
    globalSetup: ['server/testing/database.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
