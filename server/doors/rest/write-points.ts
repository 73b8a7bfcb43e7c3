import { createRoute, z } from '@hono/zod-openapi'
import { addPoints } from '../../domain/metrics/index.ts'
import { keepByHttp, openByHttp } from '../../domain/runs/index.ts'
import { requireText } from '../require-text.ts'
import type { Api } from './api.ts'
import { refusals, runPath, writerName } from './schemas.ts'

const column = z.array(z.unknown())

const body = z
  .strictObject({
    writer: writerName,
    first: z
      .int()
      .min(0)
      .describe('ordinal of the first value here among all that this writer sends: 0, then `next` of the last answer'),
    points: z.record(
      z.string(),
      z.strictObject({
        steps: column.describe('whole numbers, in any order'),
        times: column.optional().describe('ms since 1970 UTC; the moment of arrival where absent'),
        values: column.describe('numbers, or "NaN", "Infinity", "-Infinity"; null is no point'),
      }),
    ),
  })
  .openapi('Points')

const answer = z.object({
  next: z.int().describe('`first` of the next request'),
  refused: z.array(z.object({ key: z.string(), reason: z.string(), count: z.int() })),
})

const route = createRoute({
  method: 'post',
  path: '/{workspace}/{project}/runs/{run}/points',
  summary: 'Add points, in columns by key; the same request again adds nothing',
  'x-action': 'run.write',
  security: [{ key: [] }],
  request: { params: runPath, body: { required: true, content: { 'application/json': { schema: body } } } },
  responses: {
    200: { description: 'All of it is durable', content: { 'application/json': { schema: answer } } },
    ...refusals,
  },
})

/** For languages without an SDK. */
export function addPointsWriting(api: Api): void {
  api.openapi(route, async c => {
    const ctx = c.get('ctx')
    const { writer, first, points } = c.req.valid('json')
    requireText(Object.keys(points))
    const at = await openByHttp(ctx, c.req.valid('param'), { writer, condition: 'must' })
    const added = await addPoints(ctx, at, { first, points })
    await keepByHttp(ctx, at)
    return c.json(added, 200)
  })
}
