import { createRoute, z } from '@hono/zod-openapi'
import { requireRun } from '../../domain/access/index.ts'
import { deleteRun, finishByHttp, openByHttp, patchRun, runPatch } from '../../domain/runs/index.ts'
import type { House } from '../../house.ts'
import { requireText } from '../require-text.ts'
import type { Api } from './api.ts'
import { recordOf } from './runs.ts'
import { counts, name, projectPath, refusals, runPath, runRecord, writerName } from './schemas.ts'

const security = [{ key: [] }]
const json = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
})

const opening = runPatch.omit({ summary: true }).extend({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/)
    .optional()
    .describe('yours, or one is made; a run of this id is joined'),
  writer: writerName,
  labels: z.record(name(200), name(200)).optional().describe('of all points of this writer, such as rank'),
  resume: z.enum(['allow', 'never', 'must']).default('allow'),
})

const opened = runRecord
  .extend({ writer: z.string(), first: z.int().describe('seq of the next point to send') })
  .openapi('OpenedRun')

const openRoute = createRoute({
  method: 'post',
  path: '/{workspace}/{project}/runs',
  summary: 'Make a run, or join one as a writer',
  'x-action': 'run.create',
  security,
  request: { params: projectPath, body: json(opening) },
  responses: { 201: { description: 'The run', ...json(opened) }, ...refusals },
})

const patchRoute = createRoute({
  method: 'patch',
  path: '/{workspace}/{project}/runs/{run}',
  summary: 'Change what is said of a run; config and summary are merged member by member',
  'x-action': 'run.edit',
  security,
  request: { params: runPath, body: json(runPatch) },
  responses: { 200: { description: 'The run', ...json(runRecord) }, ...refusals },
})

const finishRoute = createRoute({
  method: 'post',
  path: '/{workspace}/{project}/runs/{run}/finish',
  summary: 'End a writer, and the run with its last one',
  'x-action': 'run.write',
  security,
  request: { params: runPath, body: json(z.strictObject({ writer: writerName, exit_code: z.int32().default(0) })) },
  responses: { 200: { description: 'What is stored of this writer', ...json(counts) }, ...refusals },
})

const deleteRoute = createRoute({
  method: 'delete',
  path: '/{workspace}/{project}/runs/{run}',
  summary: 'Delete a run',
  'x-action': 'run.delete',
  security,
  request: { params: runPath },
  responses: { 204: { description: 'It is gone' }, ...refusals },
})

/** For languages without an SDK. */
export function addRunWriting(api: Api, house: House): void {
  api.openapi(openRoute, async c => {
    const ctx = c.get('ctx')
    const { id = crypto.randomUUID(), writer, labels, resume, ...rest } = c.req.valid('json')
    requireText([labels, rest])
    const ref = { ...c.req.valid('param'), run: id }
    const condition = resume === 'allow' ? {} : { condition: resume }
    const at = await openByHttp(ctx, ref, { writer, ...(labels && { labels }), ...condition })
    if (Object.keys(rest).length > 0) await patchRun(ctx, ref, rest)
    const run = await requireRun(ctx, ref, 'run.read')
    return c.json({ ...recordOf(run, run.project, house.publicUrl()), writer, first: at.upto + 1 }, 201)
  })
  api.openapi(patchRoute, async c => {
    const ctx = c.get('ctx')
    const ref = c.req.valid('param')
    const patch = c.req.valid('json')
    requireText(patch)
    await patchRun(ctx, ref, patch)
    const run = await requireRun(ctx, ref, 'run.read')
    return c.json(recordOf(run, run.project, house.publicUrl()), 200)
  })
  api.openapi(finishRoute, async c => {
    const { writer, exit_code } = c.req.valid('json')
    const at = await openByHttp(c.get('ctx'), c.req.valid('param'), { writer, condition: 'must' })
    const receipt = await finishByHttp(c.get('ctx'), at, exit_code)
    return c.json(receipt, 200)
  })
  api.openapi(deleteRoute, async c => {
    await deleteRun(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
}
