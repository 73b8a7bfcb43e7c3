import { expect, test } from './fixtures.ts'

test('what is in view stands in the address: eyes, filter, smoothing, axis, and a link shows it to another', async ({
  page,
  signIn,
  train,
  served,
}) => {
  for (const id of ['alpha', 'beta']) await train('views', process.execPath, ['e2e/trainings/curve.ts', id, '30'])
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/views`)
  const list = page.getByRole('complementary', { name: 'Runs' })
  const plot = page.getByRole('article', { name: 'accuracy' }).getByRole('figure')
  await expect(plot).toHaveAttribute('aria-label', /alpha.*beta|beta.*alpha/)

  await list.getByRole('button', { name: 'Show alpha on the board' }).click()
  await expect(plot).not.toHaveAttribute('aria-label', /alpha/)
  await page.getByRole('slider', { name: 'Smoothing' }).focus()
  for (let press = 0; press < 3; press++) await page.keyboard.press('PageUp')
  await page.getByRole('button', { name: 'Log axis' }).click()
  await expect(page.getByRole('article', { name: 'accuracy' })).toContainText('EMA 0.30')
  await expect(page).toHaveURL(/hide=alpha/)
  await expect(page).toHaveURL(/log=true/)

  await page.reload()
  await expect(list.getByRole('button', { name: 'Show alpha on the board' })).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByRole('article', { name: 'accuracy' })).toContainText('EMA 0.30')

  await page.keyboard.press('f')
  await page.keyboard.type('alph')
  await expect(list.getByRole('link')).toHaveText(['alpha'])
  await expect(page.getByText('No run is on the board')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('link')).toHaveCount(2)
  await page.keyboard.press('f')
  await page.keyboard.type('finished bet')
  await expect(list.getByRole('link')).toHaveText(['beta'])
  await page.reload()
  await expect(list.getByRole('link')).toHaveText(['beta'])
  await page.getByRole('searchbox', { name: 'Filter runs' }).fill('no run is called this')
  await expect(list.getByText('No run has all of these words')).toBeVisible()
})

test('a run is renamed and tagged where it stands, by keyboard, and a viewer of the project sees it at once', async ({
  page,
  context,
  signIn,
  train,
  served,
}) => {
  await train('edits', process.execPath, ['e2e/trainings/curve.ts', 'plain', '5'])
  await signIn(page)
  const watcher = await context.newPage()
  await watcher.goto(`${served.url}/${served.workspace}/edits`)
  await expect(watcher.getByRole('link', { name: 'plain' })).toBeVisible()
  await page.goto(`${served.url}/${served.workspace}/edits/runs/plain`)
  await expect(page.getByText('Live')).toBeVisible()
  await page.keyboard.press('e')
  await page.keyboard.type('Better name')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Better name' })).toBeVisible()
  await expect(watcher.getByRole('link', { name: 'Better name' })).toBeVisible()
  await page.getByRole('button', { name: 'Add a tag' }).click()
  await page.keyboard.type('good')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Take away the tag good' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Better name' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Take away the tag good' })).toBeVisible()
})

test('keys that a panel takes are its own, and the sheet of keys names them', async ({
  page,
  signIn,
  train,
  served,
}) => {
  await train('keys', process.execPath, ['e2e/trainings/curve.ts', 'alpha', '30'])
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/keys/runs/alpha`)
  await page.getByRole('article', { name: 'accuracy' }).getByRole('figure').focus()
  await page.keyboard.press('+')
  await page.keyboard.press('[')
  const shortcuts = page.getByRole('button', { name: 'Keyboard shortcuts' })
  await expect(shortcuts).toHaveText('Shortcuts')
  await page.keyboard.press('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard' }).getByRole('region', { name: 'On a panel' })
  await expect(keys).toContainText('Pin the values')
  await page.keyboard.press('Escape')
  await shortcuts.focus()
  await page.keyboard.press('[')
  await expect(shortcuts).toHaveText('')
})
