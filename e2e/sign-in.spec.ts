import { expect, test } from './fixtures.ts'

test('who has to sign in first arrives where they were going, view and all', async ({ page, served }) => {
  const there = `/${served.workspace}/-/settings/keys?from=mail`
  await page.goto(served.url + there)
  await page.getByLabel('E-mail').fill(served.email)
  await page.getByLabel('Password').fill(served.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(served.url + there)
  await expect(page.getByRole('button', { name: 'New key' })).toBeVisible()
})
