import type { Run } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { gone, notFound, unauthenticated } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { demand } from './demand.ts'
import { listPlaces } from './places.ts'
import type { Action } from './policy.ts'
import type { RunRef } from './ref.ts'
import { requireProject, type SeenProject } from './require-project.ts'

export type SeenRun = Run & { project: SeenProject }

/** The run of this id in its project. */
export async function requireRun(ctx: Ctx, ref: RunRef, action: Action): Promise<SeenRun> {
  const project = await requireProject(ctx, ref, 'project.read')
  const run = await ctx.db.inWorkspace(project.workspaceId, ({ prisma }) =>
    prisma.run.findUnique({ where: { projectId_id: { projectId: project.id, id: ref.run } } }),
  )
  if (!run) throw notFound('run')
  demand(ctx, action, { ...project.workspace, createdById: run.createdById })
  if (run.deletedAt) throw gone('This run was deleted')
  return { ...run, project }
}

/** What verbs need to know of runs that they name by number. */
export type NumberedRun = Pick<Run, 'run' | 'workspaceId' | 'projectId' | 'createdById' | 'startedAt' | 'definitions'>

/** Runs by the server's own numbers, from any of the asker's workspaces, in the order asked for: all of them, or NOT_FOUND. */
export async function requireRuns(ctx: Ctx, numbers: readonly bigint[], action: Action): Promise<NumberedRun[]> {
  if (ctx.actor.kind === 'nobody') throw unauthenticated()
  const places = new Map((await listPlaces(ctx)).map(place => [place.workspaceId, place]))
  const ids = [...places.keys()]
  const rows = await ctx.db.inWorkspace(ids, tx => readRuns(tx, ids, numbers))
  return numbers.map(number => {
    const run = rows.get(number)
    const place = run && places.get(run.workspaceId)
    if (!run || !place) throw notFound('run')
    demand(ctx, action, { ...place, createdById: run.createdById })
    return run
  })
}

async function readRuns(
  { sql }: Tx,
  workspaceIds: string[],
  numbers: readonly bigint[],
): Promise<Map<bigint, NumberedRun>> {
  const { rows } = await sql.query<Omit<NumberedRun, 'run'> & { run: string }>(
    `SELECT run, workspace_id AS "workspaceId", project_id AS "projectId", created_by_id AS "createdById",
       started_at AS "startedAt", definitions
     FROM run WHERE run = ANY ($1::bigint[]) AND workspace_id = ANY ($2::text[]) AND deleted_at IS NULL`,
    [numbers.map(String), workspaceIds],
  )
  return new Map(rows.map(row => [BigInt(row.run), { ...row, run: BigInt(row.run) }]))
}
