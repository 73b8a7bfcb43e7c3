import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { invalid, limit, notFound } from '../../errors.ts'
import { type ProjectRef, requireProject, requireRuns } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { announceChanged } from '../runs/index.ts'
import type { newAnnotation } from './annotation.ts'
import { listStanding } from './list-standing.ts'

/** Of one project: every screen of it reads them all. */
const MOST = 1_000

export async function createAnnotation(ctx: Ctx, ref: ProjectRef, wanted: z.output<typeof newAnnotation>) {
  const { id: projectId, workspaceId } = await requireProject(ctx, ref, 'annotation.create')
  if (wanted.to !== undefined && wanted.to <= wanted.from)
    throw invalid('A range ends behind its start', { field: 'to' })
  const drawn = await requireRuns(ctx, wanted.runs ?? [], 'annotation.create')
  if (drawn.some(run => run.projectId !== projectId)) throw notFound('run')
  const id = randomUUID()
  await ctx.db.inWorkspace(workspaceId, async tx => {
    const there = await listStanding(tx, { workspaceId, projectId })
    if (there.length >= MOST) throw limit(`A project holds at most ${MOST} annotations: delete some first`)
    const createdById = 'userId' in ctx.actor ? ctx.actor.userId : null
    await tx.prisma.annotation.create({ data: { id, workspaceId, projectId, createdById, ...wanted } })
    await append(ctx, tx, {
      workspaceId,
      action: 'annotation.create',
      target: id,
      after: { ...wanted, runs: wanted.runs?.map(String) },
    })
  })
  announceChanged({ workspaceId, project: projectId, what: 'annotations' })
  return { id }
}
