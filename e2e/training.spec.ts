import { spawnSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'

const panel = (page: Page, key: string) => page.locator('article').filter({ has: page.getByText(key, { exact: true }) })

test('a TypeScript training shows what it logged, and a second one arrives without a reload', async ({
  page,
  signIn,
  train,
  served,
}) => {
  await signIn(page)
  const curve = 'e2e/trainings/curve.ts'
  const receipt = JSON.parse(
    (await train('arrivals', process.execPath, [curve, 'first', '40'])).split('\n').at(-2) ?? '',
  )
  expect(receipt).toEqual({ logged: 82, stored: 82, refused: 0, pending: 0 })

  await page.goto(`${served.url}/${served.workspace}/arrivals`)
  await expect(panel(page, 'accuracy')).toContainText('last 0.75')
  let loads = 0
  page.on('load', () => loads++)
  await train('arrivals', process.execPath, [curve, 'second', '80'])
  await expect(page.getByText('second', { exact: true }).first()).toBeVisible()
  await expect(page.getByText('2 runs', { exact: false }).first()).toBeVisible()
  expect(loads).toBe(0)

  await page.goto(`${served.url}/${served.workspace}/arrivals/runs/second`)
  await expect(page.getByText('162 of 162 stored')).toBeVisible()
  await expect(panel(page, 'train/loss')).toContainText('0.01')
})

test('a PyTorch training shows loss, accuracy and telemetry', async ({ page, signIn, train, served }) => {
  test.setTimeout(120_000)
  const python = process.env.TRACKSIDE_TEST_PYTHON ?? 'python3'
  const able = spawnSync(python, ['-c', 'import torch, trackside']).status === 0
  test.skip(!able, `${python} has no torch and trackside`)
  const said = await train('torch', python, ['e2e/trainings/torch_lines.py', 'lines'])
  const told = JSON.parse(said.split('\n').at(-2) ?? '') as { accuracy: number; stored: number }
  expect(told.stored).toBe(400)

  await signIn(page)
  await page.goto(`${served.url}/${served.workspace}/torch/runs/lines`)
  await expect(page.getByText('400 of 400 stored')).toBeVisible()
  await expect(panel(page, 'accuracy')).toContainText(`last ${String(told.accuracy).slice(0, 3)}`)
  await expect(panel(page, 'loss').first()).toBeVisible()
  await page.getByRole('link', { name: 'System' }).click()
  await expect(page.getByRole('region', { name: 'system/cpu.util' })).toContainText('%')
})
