import { expect, test } from './fixtures.ts'

test('a note on a pinned point stands on its run alone, is seen at once in another tab, edited and deleted', async ({
  page,
  context,
  signIn,
  train,
  served,
}) => {
  for (const id of ['alpha', 'beta']) await train('notes', process.execPath, ['e2e/trainings/curve.ts', id, '30'])
  await signIn(page)
  const address = `${served.url}/${served.workspace}/notes/runs/alpha`
  await page.goto(address)
  const other = await context.newPage()
  await other.goto(address)
  const theirs = other.getByRole('article', { name: 'accuracy' })
  await expect(theirs.getByRole('figure')).toHaveAttribute('aria-label', /alpha|accuracy/)

  const panel = page.getByRole('article', { name: 'accuracy' })
  await panel.getByRole('figure').focus()
  await page.keyboard.press('Home')
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('n')
  await page.getByRole('textbox', { name: 'Note' }).fill('The data loader was mended here')
  await expect(page.getByRole('radio', { name: 'This run' })).toBeChecked()
  await page.getByRole('button', { name: 'Save' }).click()

  const flag = (of: typeof panel) => of.getByRole('list', { name: 'Annotations' }).getByRole('button')
  await expect(flag(panel)).toHaveAccessibleName(/The data loader was mended here, .*5/)
  await expect(flag(theirs)).toHaveAccessibleName(/The data loader was mended here/)

  const board = await context.newPage()
  await board.goto(`${served.url}/${served.workspace}/notes`)
  await expect(flag(board.getByRole('article', { name: 'accuracy' }))).toHaveCount(1)
  await board.goto(`${served.url}/${served.workspace}/notes/runs/beta`)
  await expect(board.getByRole('article', { name: 'accuracy' }).getByRole('figure')).toHaveAttribute('aria-label', /30/)
  await expect(flag(board.getByRole('article', { name: 'accuracy' }))).toHaveCount(0)
  await board.close()

  await flag(theirs).click()
  await other.getByRole('button', { name: 'Edit' }).click()
  await other.getByRole('textbox', { name: 'Note' }).fill('Mended <b>twice</b>')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(flag(panel)).toHaveAccessibleName(/Mended <b>twice<\/b>/)

  await other.getByRole('button', { name: 'Delete' }).click()
  await expect(flag(panel)).toHaveCount(0)
  await expect(flag(theirs)).toHaveCount(0)
})
