import type { Page } from '@playwright/test'
import { trainByHand } from './by-hand.ts'
import { expect, test } from './fixtures.ts'

const panel = (page: Page, key: string) => page.getByRole('article', { name: key, exact: true })

/** The rows of a panel's table: what the reader sees, in words. */
async function rowsOf(page: Page, key: string): Promise<string[]> {
  const cells = await panel(page, key).getByRole('row').allInnerTexts()
  return cells.slice(1).map(row => row.split(/\s+/).slice(1).join(' '))
}

async function openTable(page: Page, key: string) {
  await panel(page, key).hover()
  await panel(page, key).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Show as a table' }).click()
}

const value = (step: number) => Number((1 / (step + 2)).toFixed(4))
const rows = (upto: number) => Array.from({ length: upto + 1 }, (_, step) => `${step} ${value(step)}`)

test('points appear without a reload, and are the values that were logged', async ({ page, signIn, served }) => {
  const training = await trainByHand(served, 'live-values', 'one')
  await training.log(0, { 'train/loss': value(0) })
  await training.arrived()
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/live-values/runs/one`)
  let loads = 0
  page.on('load', () => loads++)
  await openTable(page, 'train/loss')
  await expect.poll(() => rowsOf(page, 'train/loss')).toEqual(rows(0))
  for (let step = 1; step <= 12; step++) {
    await training.log(step, { 'train/loss': value(step), ...(step > 5 && { 'val/acc': step / 16 }) })
    await expect.poll(() => rowsOf(page, 'train/loss')).toEqual(rows(step))
  }
  await expect(panel(page, 'val/acc')).toContainText('0.75')
  expect(await training.finish()).toEqual({ logged: 20, stored: 20, refused: 0, pending: 0 })
  await expect(page.getByText('20 of 20 stored').first()).toBeVisible()
  await expect(page.getByText(/Finished,/)).toBeVisible()
  expect(loads).toBe(0)
})

/** The page's line to the server, to be cut and mended. */
async function lineOf(page: Page) {
  let away = false
  const open = new Set<() => Promise<void>>()
  await page.routeWebSocket(/\/socket\.io\//, browser => {
    if (away) return void browser.close({ code: 1001 })
    const server = browser.connectToServer()
    open.add(async () => {
      await server.close({ code: 1001 })
      await browser.close({ code: 1001 })
    })
  })
  await page.route(/\/socket\.io\/.*transport=polling/, route => (away ? route.abort() : route.continue()))
  return {
    async cut() {
      away = true
      const lines = [...open]
      open.clear()
      for (const close of lines) await close()
    },
    mend() {
      away = false
    },
  }
}

test('a line that breaks and comes back leaves no gap and no double', async ({ page, signIn, served }) => {
  test.setTimeout(120_000)
  const training = await trainByHand(served, 'live-breaks', 'torn')
  await training.log(0, { loss: value(0) })
  await training.arrived()
  const line = await lineOf(page)
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/live-breaks/runs/torn`)
  await openTable(page, 'loss')
  await expect.poll(() => rowsOf(page, 'loss')).toEqual(rows(0))
  for (let round = 0; round < 3; round++) {
    const from = 1 + round * 8
    await expect(page.getByText('Live, 1 running')).toBeVisible({ timeout: 20_000 })
    await line.cut()
    await expect(page.getByText('Reconnecting')).toBeVisible()
    for (let step = from; step < from + 4; step++) await training.log(step, { loss: value(step) })
    expect(await rowsOf(page, 'loss')).toEqual(rows(from - 1))
    line.mend()
    for (let step = from + 4; step < from + 8; step++) await training.log(step, { loss: value(step) })
    await expect.poll(() => rowsOf(page, 'loss'), { timeout: 20_000 }).toEqual(rows(from + 7))
  }
  await training.finish()
})

test('dragging over a panel zooms it, asks for that window, and stands in the address', async ({
  page,
  signIn,
  train,
  served,
}) => {
  await train('zoomed', process.execPath, ['e2e/trainings/curve.ts', 'wide', '200'])
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/zoomed/runs/wide`)
  const plot = panel(page, 'accuracy').getByRole('figure')
  await expect(plot.locator('canvas').first()).toBeVisible()
  const box = await plot.boundingBox()
  if (!box) throw new Error('no plot')
  const asked = page.waitForRequest(
    request => request.url().endsWith('/api/series') && /"window":\[\d/.test(request.postData() ?? ''),
  )
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.7, box.y + 80, { steps: 6 })
  await page.mouse.up()
  await asked
  await expect(page).toHaveURL(/zoom=accuracy~\d/)
  await page.reload()
  await panel(page, 'accuracy').hover()
  await panel(page, 'accuracy').getByRole('button', { name: 'Show everything' }).click()
  await expect(page).not.toHaveURL(/zoom=/)
})
