import { createRoute, type z } from '@hono/zod-openapi'
import type { Run } from '../../../prisma/generated/client.ts'
import type { SeenProject } from '../../domain/access/index.ts'
import { requireRun } from '../../domain/access/index.ts'
import { listKeys, withSummaries } from '../../domain/metrics/index.ts'
import { type Definition, getRun, readRuns, wholeRunsPage } from '../../domain/runs/index.ts'
import type { House } from '../../house.ts'
import type { Api } from './api.ts'
import { projectPath, refusals, runDetail, runPath, type runRecord, runsPage } from './schemas.ts'

const security = [{ key: [] }]

const listRoute = createRoute({
  method: 'get',
  path: '/{workspace}/{project}/runs',
  summary: 'Runs of a project, the newest first',
  security,
  request: { params: projectPath, query: wholeRunsPage },
  responses: { 200: { description: 'A page', content: { 'application/json': { schema: runsPage } } }, ...refusals },
})

const getRoute = createRoute({
  method: 'get',
  path: '/{workspace}/{project}/runs/{run}',
  summary: 'One run',
  security,
  request: { params: runPath },
  responses: { 200: { description: 'The run', content: { 'application/json': { schema: runDetail } } }, ...refusals },
})

export function addRuns(api: Api, house: House): void {
  api.openapi(listRoute, async c => {
    const { project, runs, next } = await readRuns(c.get('ctx'), c.req.valid('param'), c.req.valid('query'))
    const summed = await withSummaries(c.get('ctx'), runs)
    return c.json({ runs: summed.map(run => recordOf(run, project, house.publicUrl())), cursor: next }, 200)
  })
  api.openapi(getRoute, async c => {
    const ctx = c.get('ctx')
    const ref = c.req.valid('param')
    const run = await requireRun(ctx, ref, 'run.read')
    const [{ receipt }, keys, summed] = await Promise.all([
      getRun(ctx, ref),
      listKeys(ctx, { runs: [run.run] }),
      withSummaries(ctx, [run]),
    ])
    const environment = run.environment as Record<string, unknown>
    const names = keys.map(({ key }) => key)
    const definitions = run.definitions as unknown as Definition[]
    const record = recordOf({ ...run, ...summed[0] }, run.project, house.publicUrl())
    return c.json({ ...record, environment, keys: names, definitions, receipt }, 200)
  })
}

export function recordOf(run: Run, project: SeenProject, base: string): z.output<typeof runRecord> {
  const workspace = project.workspace.slug
  return {
    id: run.id,
    name: run.name,
    workspace,
    project: project.name,
    url: `${base}/${workspace}/${encodeURIComponent(project.slug)}/runs/${encodeURIComponent(run.id)}`,
    state: run.state,
    state_reason: run.stateReason,
    group: run.group,
    job_type: run.jobType,
    tags: run.tags,
    notes: run.notes,
    config: run.config as Record<string, unknown>,
    summary: run.summary as Record<string, unknown>,
    exit_code: run.exitCode,
    created_at: run.createdAt.getTime(),
    started_at: run.startedAt.getTime(),
    ended_at: run.endedAt?.getTime() ?? null,
  }
}
