import type { z } from 'zod'
import { openBody } from '../../../protocol/ingest.schema.ts'
import type { Ctx } from '../../context.ts'
import { conflict, gone, invalid, notFound } from '../../errors.ts'
import { addWriter, labelSetOf } from '../../store/points.ts'
import type { Tx } from '../../store/postgres.ts'
import { demand, requireProject, type SeenProject } from '../access/index.ts'
import { findOrCreateProject, lockProject, takeOrdinal } from '../projects/index.ts'
import { changeState, noteState } from './change-state.ts'
import { announceChanged } from './changed.ts'

export { openBody }
export type OpenBody = z.output<typeof openBody>

/** A writer at a run: its mark, and what the run is. */
export interface OpenedWriter {
  workspaceId: string
  projectId: string
  run: number
  writer: string
  upto: number
  meta: number
  id: string
  name: string
  project: { slug: string; name: string }
  workspace: string
}

/** With the label set in its unique index beside a key of at most 1,024 bytes. */
const LABEL_BYTES_MAX = 1024

/** Makes the run, or joins it as one more writer; the same writer again gets its mark back. */
export async function openRun(ctx: Ctx, body: OpenBody): Promise<OpenedWriter> {
  if (Buffer.byteLength(labelSetOf(body.labels)) > LABEL_BYTES_MAX)
    throw invalid(`The labels are longer than ${LABEL_BYTES_MAX} bytes`)
  const ref = { project: body.project, ...(body.workspace !== null && { workspace: body.workspace }) }
  const project =
    body.condition === 'must' && ref.workspace !== undefined
      ? await requireProject(ctx, { ...ref, workspace: ref.workspace }, 'project.read')
      : await findOrCreateProject(ctx, ref)
  const { opened, what } = await ctx.db.inWorkspace(project.workspaceId, tx => open(ctx, tx, project, body))
  if (what)
    announceChanged({ workspaceId: opened.workspaceId, project: opened.projectId, runs: [String(opened.run)], what })
  return opened
}

async function open(ctx: Ctx, tx: Tx, project: SeenProject, body: OpenBody) {
  const row = (await lockById(tx, project.id, body.run)) ?? (await make(ctx, tx, project, body))
  const run = Number(row.run)
  const { workspaceId } = project
  demand(ctx, 'run.write', { ...project.workspace, createdById: row.created_by_id })
  if (row.deleted_at) throw gone('This run was deleted')
  const known = await tx.sql.query(`SELECT FROM metric_writer WHERE run = $1 AND writer = decode($2, 'hex')`, [
    run,
    body.writer,
  ])
  const joins = known.rowCount === 0
  if (joins && !row.made && body.condition === 'never') throw conflict(`A run ${body.run} is there already`)
  const mark = await addWriter(tx, {
    workspaceId,
    run,
    writer: body.writer,
    labels: body.labels,
    kind: body.kind,
    host: body.host,
  })
  const place = { run, workspaceId, projectId: project.id, state: row.state }
  const woken =
    !row.made &&
    body.kind === 'user' &&
    !mark.closed &&
    (await changeState(tx, place, 'running', joins ? 'another writer joined' : 'its writer is back'))
  // Who takes up a run that has ended means it to go on.
  if (woken && joins && row.ended_at) await tx.sql.query('UPDATE run SET stop_asked_at = NULL WHERE run = $1', [run])
  const opened: OpenedWriter = {
    workspaceId,
    projectId: project.id,
    run,
    writer: body.writer,
    upto: mark.upto,
    meta: mark.meta,
    id: row.id,
    name: row.name,
    project: { slug: project.slug, name: project.name },
    workspace: project.workspace.slug,
  }
  return { opened, what: row.made ? ('runs' as const) : woken ? ('run' as const) : null }
}

interface Row {
  run: string
  id: string
  name: string
  state: 'running'
  created_by_id: string | null
  deleted_at: Date | null
  ended_at: Date | null
  made?: boolean
}

async function lockById({ sql }: Tx, projectId: string, id: string): Promise<Row | undefined> {
  const { rows } = await sql.query<Row>(
    'SELECT run, id, name, state, created_by_id, deleted_at, ended_at FROM run WHERE project_id = $1 AND id = $2 FOR UPDATE',
    [projectId, id],
  )
  return rows[0]
}

async function make(ctx: Ctx, tx: Tx, project: SeenProject, body: OpenBody): Promise<Row> {
  if (body.condition === 'must') throw notFound('run', body.run)
  demand(ctx, 'run.create', project.workspace)
  const { actor } = ctx
  // Of two writers that bring the same new run, the second finds it below, and takes no place in the order.
  await lockProject(tx, project.id)
  const raced = await lockById(tx, project.id, body.run)
  if (raced) return raced
  const ordinal = await takeOrdinal(tx, project.id)
  const createdById = actor.kind === 'key' || actor.kind === 'member' ? actor.userId : null
  const keyId = actor.kind === 'key' ? actor.keyId : null
  const { rows } = await tx.sql.query<Row>(
    `INSERT INTO run (workspace_id, project_id, id, name, ordinal, created_by_id, key_id, started_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0)) RETURNING run, id, name, state, created_by_id, deleted_at, ended_at`,
    [project.workspaceId, project.id, body.run, `run-${ordinal}`, ordinal, createdById, keyId, sensible(body.start)],
  )
  const row = rows[0] as Row
  await noteState(tx, Number(row.run), project.workspaceId, 'running', null)
  return { ...row, made: true }
}

/** A machine's clock may be anywhere; what PostgreSQL's timestamps cannot hold is now. */
const sensible = (ms: number) => (ms > 0 && ms < 32_503_680_000_000 ? ms : Date.now())
