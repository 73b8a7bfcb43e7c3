import { expect, test } from './fixtures.ts'

test('a key is shown once, works, and is refused as soon as it is revoked', async ({
  page,
  signIn,
  served,
  request,
}) => {
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/-/settings/keys`)
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name').fill('cluster node 7')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = await page.getByLabel('cluster node 7').inputValue()
  expect(key).toMatch(/^tsk-/)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(key)).toHaveCount(0)

  const ask = () =>
    request.get(`${served.url}/api/v1/${served.workspace}/none/runs`, { headers: { authorization: `Bearer ${key}` } })
  expect((await ask()).status()).toBe(404)
  const row = page.getByRole('row', { name: /cluster node 7/ })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke the key' }).click()
  await expect(row).toContainText('revoked')
  expect((await ask()).status()).toBe(401)
})

test('ending another session signs that browser out', async ({ page, signIn, served, browser }) => {
  await signIn(page)
  const other = await browser.newPage()
  await signIn(other)
  await page.goto(`${served.url}/${served.workspace}/-/settings/profile`)
  await page.getByRole('button', { name: /^End (the other session|\d+ other sessions)$/ }).click()
  await expect(page.getByText('this session')).toBeVisible()
  await expect(page.getByRole('button', { name: 'End', exact: true })).toHaveCount(0)
  await expect(async () => {
    await other.goto(`${served.url}/${served.workspace}`)
    expect(new URL(other.url()).pathname).toBe('/login')
  }).toPass({ timeout: 8_000 })
  await page.reload()
  await expect(page.getByText('this session')).toBeVisible()
  await other.close()
})

test('an invitation makes a member, who sees the workspace and nothing he may not', async ({
  page,
  signIn,
  served,
  browser,
}) => {
  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/-/settings/members`)
  await page.getByRole('button', { name: 'Invite' }).click()
  await page.getByLabel('E-mail').fill('grace@example.com')
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Viewer' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByLabel('Invitation link').inputValue()
  await page.getByRole('button', { name: 'Done' }).click()

  const context = await browser.newContext()
  const guest = await context.newPage()
  await guest.goto(link)
  await guest.getByLabel('Name').fill('Grace')
  await guest.getByLabel('Password').fill('a long pass phrase')
  await guest.getByRole('button', { name: `Join ${served.workspace}` }).click()
  await guest.waitForURL(`${served.url}/${served.workspace}`)
  await guest.goto(`${served.url}/${served.workspace}/-/settings/members`)
  await expect(guest.getByRole('row', { name: /Grace/ })).toContainText('Viewer')
  await expect(guest.getByRole('button', { name: 'Invite' })).toHaveCount(0)
  await guest.goto(link)
  await expect(guest.getByText('This invitation no longer holds')).toBeVisible()

  await page.reload()
  await page.getByRole('row', { name: /Grace/ }).getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove Grace' }).click()
  await expect(page.getByRole('row', { name: /Grace/ })).toHaveCount(0)
  await guest.goto(`${served.url}/${served.workspace}`)
  await expect(guest.getByText('There is no such page')).toBeVisible()
  await context.close()
})
