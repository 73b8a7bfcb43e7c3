import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'

/** Playwright's own browser where it could be installed, else the system's. */
const installed = [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(path =>
  existsSync(path),
)

export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  timeout: 60_000,
  outputDir: '.reports/playwright',
  reporter: [['list'], ['json', { outputFile: '.reports/playwright.json' }]],
  use: {
    launchOptions: {
      ...(installed ? { executablePath: installed } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
