import { expect, test } from './fixtures.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('on a phone a reader goes from home to a curve and back by the bar, and nothing hangs over the edge', async ({
  page,
  signIn,
  train,
}) => {
  await train('pocket', process.execPath, ['e2e/trainings/curve.ts', 'small', '60'])
  await signIn(page)
  const bar = page.getByRole('navigation', { name: 'Main' }).filter({ visible: true })
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

  await bar.getByRole('link', { name: 'Projects' }).click()
  await page.getByRole('link', { name: 'pocket' }).click()
  await expect(page.getByRole('article', { name: 'accuracy' })).toContainText('0.75')
  expect(await fits()).toBe(true)
  const widths = await page.getByRole('article').evaluateAll(all => all.map(each => each.getBoundingClientRect().width))
  expect(widths.every(width => width > 340)).toBe(true)

  await page.getByRole('article', { name: 'accuracy' }).getByRole('figure').focus()
  for (const key of ['Home', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  const pinned = page.getByRole('dialog', { name: /Values of accuracy/ })
  await expect.poll(() => pinned.evaluate(box => box.getBoundingClientRect().right <= innerWidth)).toBe(true)
  await page.keyboard.press('Escape')

  await page.getByText('Runs 1', { exact: true }).click()
  await expect(page).toHaveURL(/pane=runs/)
  await page.getByRole('complementary', { name: 'Runs' }).getByRole('link', { name: 'small' }).click()
  await expect(page.getByRole('heading', { name: 'small' })).toBeVisible()
  expect(await fits()).toBe(true)
  for (const tab of ['System', 'Overview', 'Charts']) {
    await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: tab }).click()
    await expect(page.getByRole('link', { name: tab, exact: true })).toHaveAttribute('aria-current', 'page')
    expect(await fits()).toBe(true)
  }
  await bar.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { name: 'Latest runs' })).toBeVisible()
  expect(await fits()).toBe(true)
})

test('on a phone what can be done with a key stays in sight beside a table that is wider than the screen', async ({
  page,
  signIn,
  served,
}) => {
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/-/settings/keys`)
  const table = page.getByRole('table')
  expect((await table.boundingBox())?.width).toBeGreaterThan(360)
  await expect(table.getByRole('button', { name: 'Revoke' })).toBeInViewport({ ratio: 1 })
})
