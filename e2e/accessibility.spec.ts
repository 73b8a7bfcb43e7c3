import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures.ts'

test('no screen has a serious accessibility finding, in either theme, on desktop and phone', async ({
  page,
  signIn,
  train,
  served,
}) => {
  test.setTimeout(180_000)
  await train('curves', process.execPath, ['e2e/trainings/curve.ts', 'seen', '20'])
  await signIn(page)
  const home = `/${served.workspace}`
  const screens = [
    home,
    `${home}/-/projects`,
    `${home}/-/settings/members`,
    `${home}/-/settings/keys`,
    `${home}/-/settings/profile`,
    `${home}/curves`,
    `${home}/curves/runs/seen`,
    `${home}/curves/runs/seen/system`,
    `${home}/curves/runs/seen/overview`,
    '/nowhere',
  ]
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 })
      for (const path of screens) {
        await page.goto(served.url + path)
        await page.getByRole('main').first().waitFor()
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
        for (const { id, impact, nodes } of violations)
          if (impact === 'serious' || impact === 'critical')
            found.push(`${path} ${colorScheme} ${width}: ${id} ${nodes[0]?.html.slice(0, 160)}`)
      }
    }
  }
  expect(found).toEqual([])
})
