import { expect, test } from 'vitest'
import { openBodyOf } from '../../testing/agent.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { openRun } from './open-run.ts'

test('many writers that bring the same new run at once make one run and take one place in the order of colours', async () => {
  const { slug, workspaceId, owner } = await mintWorkspace()
  const ctx = await mintCtx(owner.actor)
  const open = (run: string) => openRun(ctx, openBodyOf({ workspace: slug, project: 'colours', run }))
  const runs = ['a', 'b', 'c']
  await open('first')
  const opened = await Promise.all(runs.flatMap(run => [open(run), open(run), open(run), open(run)]))
  expect(new Set(opened.map(({ run }) => run)).size).toBe(runs.length)
  await open('last')
  const rows = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.run.findMany({ where: { workspaceId }, select: { id: true, ordinal: true }, orderBy: { ordinal: 'asc' } }),
  )
  expect(rows.map(({ ordinal }) => ordinal)).toEqual([...rows.keys()].map(at => (rows[0]?.ordinal ?? 0) + at))
  expect([rows[0]?.id, rows.at(-1)?.id]).toEqual(['first', 'last'])
})
