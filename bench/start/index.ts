import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { root } from '../../scripts/set-up.mjs'
import { findBrowser } from '../../scripts/test/browser.ts'
import { startPageServer } from '../latency/server.ts'
import type { Measure } from '../row.ts'
import { ourPython, script } from '../script.ts'
import { median } from '../statistics.ts'

interface Times {
  server: number
  script: number
  chart: number
}

/** From one command on an empty folder (database made, tables made) to the chart of a script of three lines. */
export const benchStart: Measure = async size => {
  const python = await ourPython()
  if ('reason' in python) throw new Error(python.reason)
  if (!existsSync(join(root, '.next'))) throw new Error('The pages are not built')
  const path = findBrowser()
  const browser = await chromium.launch({
    ...(path && { executablePath: path }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const found: Times[] = []
  try {
    for (let round = 0; round < (size === 'full' ? 5 : 1); round++) {
      const began = performance.now()
      const server = await startPageServer()
      try {
        const up = performance.now()
        const page = await browser.newPage({ baseURL: server.url })
        await page.goto('/login')
        await page.getByLabel('E-mail').fill(server.email)
        await page.getByLabel('Password').fill(server.password)
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.waitForURL(url => !url.pathname.startsWith('/login'))
        const called = performance.now()
        const { url: TRACKSIDE_BASE_URL, key: TRACKSIDE_API_KEY } = server
        const folder = mkdtempSync(join(tmpdir(), 'start-'))
        const ran = script(python.python, [join(import.meta.dirname, 'three_lines.py')], {
          TRACKSIDE_BASE_URL,
          TRACKSIDE_API_KEY,
          TRACKSIDE_DIR: folder,
        })
        await ran
        const finished = performance.now()
        await page.goto(`/${server.workspace}/first`)
        await page.waitForSelector('article[aria-label="loss"] canvas')
        found.push({ server: up - began, script: finished - called, chart: performance.now() - finished })
        await page.context().close()
      } finally {
        await server.stop()
      }
    }
  } finally {
    await browser.close()
  }
  const of = (pick: (times: Times) => number) => median(found.map(pick)) / 1000
  return {
    figures: [
      { what: 'one command on an empty folder to a server that answers', unit: 's', value: of(({ server }) => server) },
      { what: 'a script of three lines, from its start to the last ack', unit: 's', value: of(times => times.script) },
      { what: 'its page, from the address to the chart', unit: 's', value: of(({ chart }) => chart) },
      {
        what: 'one command, script and chart, one after the other',
        unit: 's',
        value: of(times => times.server + times.script + times.chart),
        goal: 10,
        note: 'packages and pages in place; the database is made anew',
      },
      {
        what: 'server warm: script and chart',
        unit: 's',
        value: of(times => times.script + times.chart),
        goal: 2,
      },
    ],
    details: { found },
  }
}
