import { expect, type Page, test } from '@playwright/test'
import { buildPage } from './build-page'

const html = buildPage('charts-page.tsx')

test.beforeEach(async ({ page }) => {
  const body = await html
  await page.route('http://charts.test/', route => route.fulfill({ contentType: 'text/html', body }))
  await page.goto('http://charts.test/')
  await page.evaluate(() => document.fonts.ready)
})

const figure = (page: Page, chart: string) => page.locator(`[data-chart=${chart}] figure`)

/** The heights (CSS pixels from the figure's top) in the column at `share` of the plot that show the token's colour. */
async function paintedAt(page: Page, chart: string, token: string, share: number): Promise<number[]> {
  return figure(page, chart).evaluate(
    (element, [token, share]) => {
      const canvas = element.querySelector('canvas')
      if (!canvas) return []
      const wanted = getComputedStyle(document.documentElement).getPropertyValue(token).trim()
      const rgb = [1, 3, 5].map(at => Number.parseInt(wanted.slice(at, at + 2), 16))
      const ratio = canvas.width / canvas.clientWidth
      const labels = Number(element.querySelector('svg')?.dataset.left)
      const x = labels + share * (canvas.clientWidth - labels - 12)
      const column = canvas.getContext('2d')?.getImageData(Math.floor(x * ratio), 0, 1, canvas.height).data
      const heights: number[] = []
      for (let y = 0; column && y < canvas.height; y++) {
        const near = rgb.every((part, i) => Math.abs(part - (column[y * 4 + i] ?? 0)) < 48)
        if (near && (column[y * 4 + 3] ?? 0) > 160) heights.push(y / ratio)
      }
      return heights
    },
    [token, share] as const,
  )
}

async function middleOf(page: Page, chart: string): Promise<number> {
  const box = await figure(page, chart).boundingBox()
  return 6 + ((box?.height ?? 0) - 26) / 2
}

for (const theme of ['light', 'dark']) {
  test(`a flat line is painted in its colour at the middle of its axis and nowhere else, ${theme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme: theme as 'light' | 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const middle = await middleOf(page, 'flat')
    for (const share of [0.1, 0.5, 0.9]) {
      await expect.poll(() => paintedAt(page, 'flat', '--run-1', share)).not.toEqual([])
      const heights = await paintedAt(page, 'flat', '--run-1', share)
      expect(heights.every(y => Math.abs(y - middle) <= 2)).toBe(true)
    }
  })
}

test('one spike among a million points reaches its height, its neighbours do not', async ({ page }) => {
  await expect.poll(async () => Math.min(...(await paintedAt(page, 'many', '--run-2', 0.6543)))).toBeLessThan(30)
  expect(Math.min(...(await paintedAt(page, 'many', '--run-2', 0.64)))).toBeGreaterThan(60)
})

test('a point alone is large enough to be found, and whole at the end of its axis', async ({ page }) => {
  const tall = async () => {
    const heights = await paintedAt(page, 'one', '--run-1', 0)
    return heights.length > 0 ? Math.max(...heights) - Math.min(...heights) : 0
  }
  await expect.poll(tall).toBeGreaterThanOrEqual(5)
  expect(await paintedAt(page, 'one', '--run-1', -0.005)).not.toHaveLength(0)
})

test('the raw line behind a smoothed one keeps to a fifth of its strength, however dense', async ({ page }) => {
  const strengths = () =>
    figure(page, 'dense').evaluate(element => {
      const canvas = element.querySelector('canvas')
      const pixels = canvas?.getContext('2d')?.getImageData(150, 0, 40, canvas.height).data ?? []
      return Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4 + 3] ?? 0).filter(
        alpha => alpha > 0 && alpha < 200,
      )
    })
  await expect.poll(async () => (await strengths()).length).toBeGreaterThan(500)
  const seen = (await strengths()).sort((a, b) => a - b)
  expect(seen[Math.floor(seen.length * 0.9)]).toBeLessThanOrEqual(54)
})

test('a line breaks where a value is not finite, and says so by a cross', async ({ page }) => {
  await expect.poll(async () => (await paintedAt(page, 'gaps', '--run-3', 0.5)).length).toBeGreaterThan(0)
  expect(await paintedAt(page, 'gaps', '--run-3', 0.625)).toEqual([])
  await expect(figure(page, 'gaps').getByText('NaN')).toBeAttached()
})

test('the crosshair is one over all charts of the same x, the values stand beside it', async ({ page }) => {
  await figure(page, 'smoothed').hover({ position: { x: 200, y: 60 } })
  await expect(page.getByRole('status')).toContainText('step ')
  await expect(page.getByRole('status')).toContainText('raw, unsmoothed')
  await expect(figure(page, 'flat').locator('[data-crosshair]')).toBeVisible()
  await expect(figure(page, 'hours').locator('[data-crosshair]')).toBeHidden()
  await page.mouse.move(0, 0)
  await expect(figure(page, 'flat').locator('[data-crosshair]')).toBeHidden()
})

test('a drag asks for its window, a double click for everything', async ({ page }) => {
  const chart = page.locator('[data-chart=flat]')
  const box = await figure(page, 'flat').boundingBox()
  if (!box) throw new Error('no chart')
  await page.mouse.move(box.x + 100, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 60)
  await page.mouse.up()
  await expect(chart).not.toHaveAttribute('data-window', 'null')
  const [from, to] = JSON.parse((await chart.getAttribute('data-window')) ?? 'null') as [number, number]
  expect(from).toBeGreaterThan(0)
  expect(to).toBeGreaterThan(from)
  expect(to).toBeLessThan(4000)
  await page.mouse.dblclick(box.x + 150, box.y + 60)
  await expect(chart).toHaveAttribute('data-window', 'null')
})

test('arrow keys walk the points and a reader is told the values', async ({ page }) => {
  await figure(page, 'gaps').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('status')).toContainText('step 10')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status')).toHaveCount(0)
})
