import { readFileSync } from 'node:fs'
import { expect, type Page, type Route, test } from '@playwright/test'
import { encodePart } from '../../protocol/answer'
import type { SeriesPanel } from '../../protocol/series.schema'
import { buildPage } from './build-page'

const html = buildPage('panel-page.tsx')

const panel = (page: Page) => page.getByRole('article', { name: 'train/loss' })

type Panels = readonly [SeriesPanel, ...SeriesPanel[]]

/** Opens the panel on a server that answers reads by `answer`, and whose live socket is away. */
async function open(page: Page, answer: (route: Route, panels: Panels) => Promise<void>) {
  const body = await html
  await page.route('http://panel.test/**', route => route.abort())
  await page.route('http://panel.test/', route => route.fulfill({ contentType: 'text/html', body }))
  await page.route('http://panel.test/api/series', route => {
    const { panels } = route.request().postDataJSON() as { panels: Panels }
    return answer(route, panels)
  })
  await page.goto('http://panel.test/')
}

function pointsOf(question: SeriesPanel, run: string, n: number): Uint8Array {
  const steps = Float64Array.from({ length: n }, (_, i) => i)
  const at = (step: number) => ({ step, value: step / n })
  const json = {
    ...{ part: 'series', id: question.id, run, key: 'train/loss', labels: {}, kind: 'user', state: 'full' },
    ...{
      epoch: 0,
      generation: 0,
      cursor: 1,
      n,
      total: n * 10,
      every: run === '1',
      exact: true,
      domain: null,
      start: 0,
    },
    stats: { count: n, nonFinite: 0, sum: 0, first: at(0), last: at(n - 1), min: at(0), max: at(n - 1), lastTime: n },
  }
  return encodePart(json, [{ whole: steps }, { whole: steps }, { floats: steps.map(step => step / n) }])
}

/** Every panel asked about has the same lines: so many points of each run. */
function answerWith(route: Route, panels: Panels, points: Record<string, number>): Promise<void> {
  const parts = panels.flatMap(question => {
    const heads = question.runs.map(run => ({ run, epoch: 0, cursor: 1 }))
    const end = encodePart({ part: 'end', id: question.id, runs: heads }, [])
    return [...Object.entries(points).map(([run, n]) => pointsOf(question, run, n)), end]
  })
  return route.fulfill({ contentType: 'application/octet-stream', body: Buffer.concat(parts) })
}

test('what was read stands there with its truth, also while the live line is away', async ({ page }) => {
  await open(page, (route, panels) => answerWith(route, panels, { 1: 50, 2: 80 }))
  await expect(panel(page).getByText('130 of 1,300')).toBeVisible()
  await expect(panel(page).getByText('EMA 0.50')).toBeVisible()
  await expect(panel(page).getByText('2 of 5 runs')).toBeVisible()
  await expect(panel(page).getByText(/stale since/)).toBeVisible()
  await expect(panel(page).locator('figure')).toHaveAttribute('aria-label', /2 lines: first from 0 to 0.98/)
})

test('a failed read says what and which request, and tries again by a click; the rest goes on', async ({ page }) => {
  let works = false
  const fault = { error: { code: 'LIMIT', message: 'Too many readings at once', request_id: 'req_7' } }
  await open(page, (route, panels) =>
    works ? answerWith(route, panels, { 1: 5 }) : route.fulfill({ status: 429, json: fault }),
  )
  await expect(panel(page).getByRole('alert')).toContainText('Too many readings at once')
  await expect(panel(page).getByText('req_7')).toBeVisible()
  works = true
  await panel(page).getByRole('button', { name: 'Try again' }).click()
  await expect(panel(page).locator('figure')).toBeVisible()
})

test('a key without points says what will come', async ({ page }) => {
  await open(page, (route, panels) => answerWith(route, panels, {}))
  await expect(panel(page)).toContainText('No points of this key yet')
})

test('a drag asks the server for its window, the picture stays until it has come', async ({ page }) => {
  const windows: unknown[] = []
  await open(page, (route, panels) => {
    windows.push(panels[0].window ?? null)
    return answerWith(route, panels, { 1: 500 })
  })
  const figure = panel(page).locator('figure')
  await expect(figure).toBeVisible()
  const box = await figure.boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + 100, box.y + 50)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 50)
  await page.mouse.up()
  await expect(figure).toBeVisible()
  await expect.poll(() => windows.length).toBe(2)
  const [from, to] = windows[1] as [number, number]
  expect(from).toBeGreaterThan(50)
  expect(to).toBeLessThan(300)
  await expect(panel(page).getByRole('button', { name: /newer steps/ })).toBeVisible()
  await panel(page)
    .getByRole('button', { name: /newer steps/ })
    .click()
  await expect.poll(() => windows.at(-1)).toBeNull()
})

test('the data stands as a table for who cannot see the lines', async ({ page }) => {
  await open(page, (route, panels) => answerWith(route, panels, { 1: 20 }))
  await panel(page).hover()
  await panel(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Show as a table' }).click()
  await expect(panel(page).getByRole('row')).toHaveCount(21)
})

const isXml = (text: string) => !new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')

const answerAll = (route: Route, panels: Panels) => answerWith(route, panels, { 1: 100, 2: 100 })

test('a click pins the values of every line, Escape lets them go', async ({ page }) => {
  await open(page, answerAll)
  const figure = panel(page).locator('figure')
  await figure.click({ position: { x: 200, y: 60 } })
  const pinned = page.getByRole('dialog', { name: /Values of train\/loss at step/ })
  await page.mouse.move(0, 0)
  await expect(pinned.getByRole('row', { name: /first/ })).toBeVisible()
  await expect(pinned.getByRole('row', { name: /second/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(pinned).toHaveCount(0)
})

test('a high drag zooms to a box, keys zoom and move it, 0 shows everything', async ({ page }) => {
  const windows: ([number, number] | null)[] = []
  await open(page, (route, panels) => {
    windows.push(panels[0].window ?? null)
    return answerAll(route, panels)
  })
  const figure = panel(page).locator('figure')
  const box = await figure.boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + 100, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 90)
  await page.mouse.up()
  await expect.poll(() => windows.length).toBe(2)
  await figure.focus()
  await page.keyboard.press('+')
  await expect.poll(() => windows.length).toBe(3)
  await page.keyboard.press(']')
  await expect.poll(() => windows.length).toBe(4)
  const [first, second, third] = windows.slice(1) as [number, number][]
  const width = ([from, to]: [number, number]) => to - from
  expect(width(second as [number, number])).toBeCloseTo(width(first as [number, number]) / 2, 6)
  expect(third?.[0]).toBeCloseTo((second?.[0] ?? 0) + width(second as [number, number]) / 4, 6)
  await page.keyboard.press('0')
  await expect.poll(() => windows.at(-1)).toBeNull()
})

test('the wheel alone scrolls the page; with Ctrl it zooms', async ({ page }) => {
  const windows: unknown[] = []
  await open(page, (route, panels) => {
    windows.push(panels[0].window ?? null)
    return answerAll(route, panels)
  })
  await panel(page)
    .locator('figure')
    .hover({ position: { x: 200, y: 60 } })
  await page.mouse.wheel(0, -100)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect.poll(() => windows.length).toBe(2)
  const [from, to] = windows[1] as [number, number]
  expect(to - from).toBeLessThan(100)
})

test('what is shown is saved as CSV with exact values, and as SVG with its title and lines', async ({ page }) => {
  await open(page, answerAll)
  await expect(panel(page).locator('figure')).toBeVisible()
  const save = async (item: string) => {
    await panel(page).hover()
    await panel(page).getByRole('button', { name: 'More' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: item }).click()
    const file = await download
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
  }
  const csv = await save('Save what is shown as CSV')
  expect(csv.name).toBe('train-loss.csv')
  const rows = csv.text.trim().split('\r\n')
  expect(rows[0]).toBe('line,step,value,smoothed')
  expect(rows).toHaveLength(201)
  expect(rows[8]).toMatch(/^first,7,0\.07,/)
  const svg = await save('Save as SVG')
  expect(await page.evaluate(isXml, svg.text)).toBe(true)
  expect(svg.name).toBe('train-loss.svg')
  expect(svg.text).toContain('>train/loss</text>')
  expect(svg.text).toContain('EMA 0.50')
  expect(svg.text.match(/<path /g)?.length).toBeGreaterThan(3)
  const png = await save('Save as PNG')
  expect(png.name).toBe('train-loss.png')
})

test('full screen shows the same panel as large as the window', async ({ page }) => {
  await open(page, answerAll)
  await panel(page).hover()
  await panel(page).getByRole('button', { name: 'Full screen' }).click()
  const large = page.getByRole('dialog', { name: 'train/loss' })
  await expect(large.locator('figure')).toBeVisible()
  const box = await large.locator('figure').boundingBox()
  expect(box?.width).toBeGreaterThan(1200)
  expect(box?.height).toBeGreaterThan(500)
  await page.keyboard.press('Escape')
  await expect(large).toHaveCount(0)
})
