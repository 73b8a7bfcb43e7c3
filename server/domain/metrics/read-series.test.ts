import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '../../store/postgres.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { testDatabase } from '../../testing/test-db.ts'
import { readSeries, seriesQuestion } from './read-series.ts'

const { db } = await testDatabase()

/** A run without points, and a database that counts the pictures that are taken of it. */
async function mintCounted() {
  const { workspaceId, owner } = await mintWorkspace(db)
  const run = await db.inWorkspace(workspaceId, async ({ prisma }) => {
    await prisma.project.create({ data: { id: workspaceId, workspaceId, slug: 'p', name: 'p' } })
    const id = randomBytes(16).toString('hex')
    const row = await prisma.run.create({ data: { workspaceId, projectId: workspaceId, id, name: 'r', ordinal: 1 } })
    return String(row.run)
  })
  const taken = { pictures: 0 }
  const counted: Database = {
    ...db,
    inWorkspace(ids, work, options) {
      if (options?.repeatableRead) taken.pictures++
      return db.inWorkspace(ids, work, options)
    },
  }
  const panels = Array.from({ length: 40 }, (_, i) => ({ id: `p${i}`, runs: [run], keys: ['loss'], width: 100 }))
  return { ctx: await mintCtx(owner.actor, counted), taken, question: seriesQuestion.parse({ panels }) }
}

test('no more than three panels are read ahead of the one that is taken', async () => {
  const { ctx, taken, question } = await mintCounted()
  const parts = await readSeries(ctx, question)
  expect(taken.pictures).toBe(0)
  for (let i = 0; i < 40; i++) {
    expect((await parts.next()).value?.json).toMatchObject({ part: 'end', id: `p${i}` })
    expect(taken.pictures).toBeLessThanOrEqual(i + 3)
  }
  expect((await parts.next()).done).toBe(true)
  expect(taken.pictures).toBe(40)
})

test('when the asker has gone, nothing more is read', async () => {
  const { ctx, taken, question } = await mintCounted()
  const gone = new AbortController()
  const parts = await readSeries(ctx, question, gone.signal)
  await parts.next()
  const before = taken.pictures
  gone.abort()
  expect((await parts.next()).done).toBe(true)
  expect(taken.pictures).toBe(before)
})
