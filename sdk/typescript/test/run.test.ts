import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as trackside from '../src/index.ts'
import { launchesIn } from '../src/shelf.ts'
import { journaled, journaledMetas, makeFolder } from './harness.ts'

let place = makeFolder()
beforeEach(() => {
  place = makeFolder()
})
afterEach(async () => {
  await trackside.finish()
  await place.clear()
})

const offline = (more: trackside.InitOptions = {}) =>
  trackside.init({ project: 'tests', mode: 'offline', dir: place.folder, settings: { silent: true }, ...more })

const metas = () => journaledMetas(place.folder)

test('steps go up by one, are kept in any order, and wait for commit', async () => {
  const run = await offline()
  run.log({ a: 1 })
  run.log({ a: 2 })
  run.log({ a: 3 }, { commit: false })
  run.log({ b: 4 })
  run.log({ a: 5 }, { step: 10 })
  run.log({ a: 6 }, { step: 3 })
  run.log({ a: 7 })
  await run.finish()
  expect(journaled(place.folder).map(point => [point.key, point.step])).toEqual([
    ['a', 0],
    ['a', 1],
    ['a', 2],
    ['b', 2],
    ['a', 10],
    ['a', 3],
    ['a', 10],
  ])
})

test('the receipt counts points and refused items; refused ones are journaled with their reason', async () => {
  const run = await offline()
  run.log({ good: 1, bad: 'x', worse: [1] })
  run.log({ good: 2 }, { step: 0.5 })
  run.log('nonsense' as unknown as object)
  expect(await run.finish()).toEqual({ logged: 5, stored: 0, refused: 4, pending: 1 })
  const refused = metas().filter(item => item.k === 'refused')
  expect(refused.map(item => [item.key, item.reason, item.count])).toEqual([
    ['bad', 'text is not a number', 1],
    ['worse', 'an Array is not a number', 1],
    ['good', 'the step is not a whole number', 1],
    ['', 'log() takes an object, not string', 1],
  ])
  expect(metas().at(-1)).toMatchObject({ k: 'finish', exit_code: 0, logged: 5, refused: 4 })
})

test('config and summary tell their changes, and the current run has them too', async () => {
  const run = await offline({ config: { lr: 0.1, optimizer: { name: 'adam' } }, name: 'first', tags: ['a'] })
  run.config.update({ optimizer: { beta: 0.9 }, limit: Number.POSITIVE_INFINITY })
  trackside.summary.best = 1
  expect(trackside.config.optimizer).toEqual({ name: 'adam', beta: 0.9 })
  delete run.config.lr
  await trackside.finish()
  expect(trackside.run).toBeNull()
  expect(metas().filter(item => item.k !== 'env')).toMatchObject([
    { k: 'info', name: 'first', tags: ['a'] },
    { k: 'config', set: { lr: 0.1, optimizer: { name: 'adam' } } },
    { k: 'config', set: { optimizer: { beta: 0.9 }, limit: 'Infinity' } },
    { k: 'summary', set: { best: 1 } },
    { k: 'config', unset: ['lr'] },
    { k: 'finish' },
  ])
})

test('disabled does nothing at all; await using finishes by itself', async () => {
  {
    await using run = await trackside.init({ mode: 'disabled', dir: place.folder })
    run.log({ a: 1 })
    run.config.lr = 3
    expect(run.config.lr).toBe(3)
    expect(run.disabled).toBe(true)
  }
  expect(trackside.run).toBeNull()
  expect(launchesIn(join(place.folder, 'runs'))).toEqual([])
})

test.each([
  [{ mode: 'sometimes' }, 'mode is "sometimes"'],
  [{ id: 'a/b' }, 'id is "a/b"'],
  [{ resume: 'must' }, "resume: 'must' needs the id"],
  [{ projekt: 'x' }, 'unknown projekt'],
  [{ labels: [1] }, 'labels is an object'],
])('init refuses %j with a reason', async (options, reason) => {
  await expect(trackside.init({ dir: place.folder, ...(options as trackside.InitOptions) })).rejects.toThrow(reason)
  expect(trackside.run).toBeNull()
})

test('resume auto takes up the run that did not end well, and no other', async () => {
  const first = await offline()
  await first.finish({ exitCode: 1 })
  const second = await offline({ resume: 'auto' })
  expect(second.id).toBe(first.id)
  await second.finish()
  expect((await offline({ resume: 'auto' })).id).not.toBe(first.id)
})

test('secrets of the command line never leave the machine', async () => {
  process.argv.push('--api-key', 'hunter2', '--token=hunter3')
  try {
    await (await offline()).finish()
  } finally {
    process.argv.splice(-3)
  }
  const environment = JSON.stringify(metas().filter(item => item.k === 'env'))
  expect(environment).toContain('[redacted]')
  expect(environment).not.toContain('hunter')
})
