import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const ofTheSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Playwright's own browser, else the system's. */
export function findBrowser(): string | undefined {
  return [chromium.executablePath(), ...ofTheSystem].find(path => path !== '' && existsSync(path))
}

/** The same; where there is none, Debian's is installed when we may. */
export function ensureBrowser(): { path: string } | { reason: string } {
  const found = findBrowser()
  if (found) return { path: found }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    try {
      for (const words of [
        ['update', '-qq'],
        ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      ])
        execFileSync('apt-get', words, { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    } catch (error) {
      return { reason: `apt-get install chromium failed: ${(error as Error).message.slice(0, 300)}` }
    }
    const installed = findBrowser()
    if (installed) return { path: installed }
  }
  return { reason: 'there is no browser: run `npx playwright install chromium`, or install Chromium, and start again' }
}
