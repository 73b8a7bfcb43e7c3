import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './fixtures.ts'

/** Runs the lines that were pasted, as a newcomer would: no variable set, only the package at hand. */
async function paste(lines: string) {
  const folder = mkdtempSync(join(tmpdir(), 'trackside-paste-'))
  const source = lines.replace("'trackside'", `'${join(import.meta.dirname, '../sdk/typescript/src/index.ts')}'`)
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: folder, TRACKSIDE_DIR: folder },
  })
  const [code] = await once(child, 'close')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  return code
}

test('the lines of the welcome, copied with a key, make the page become the run', async ({
  page,
  context,
  signIn,
  served,
}) => {
  await signIn(page)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.url })
  await page.goto(`${served.url}/${served.workspace}/-/projects`)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name').fill('Newcomer, first steps')
  await page.getByRole('button', { name: 'Create the project' }).click()
  await expect(page.getByText('Waiting for the first point.')).toBeVisible()
  await expect(page.getByText('print(run.finish())')).toBeVisible()
  await page.getByRole('button', { name: 'TypeScript' }).click()
  await page.getByRole('button', { name: 'Copy with key' }).click()
  await expect(page.getByRole('button', { name: 'Copied with key' })).toBeVisible()
  const lines = await page.evaluate(() => navigator.clipboard.readText())
  expect(lines).toContain(served.url)
  expect(lines).toContain('Newcomer, first steps')
  expect(lines).toMatch(/tsk-[0-9A-Za-z]{49}/)

  let loads = 0
  page.on('load', () => loads++)
  const pasted = paste(lines)
  await page.waitForURL(/\/runs\//)
  await expect(page.getByRole('article', { name: 'loss', exact: true })).toContainText('0.001')
  expect(loads).toBe(0)
  expect(await pasted).toBe(0)
  await expect(page.getByText('1,000 of 1,000 stored').first()).toBeVisible()
})
