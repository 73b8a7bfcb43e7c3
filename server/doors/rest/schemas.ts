import { z } from '@hono/zod-openapi'
import { nonFiniteWords } from '../../../protocol/json-real.ts'

const ms = z.int().describe('ms since 1970 UTC')
const json = z.record(z.string(), z.unknown())

export const name = (most: number) => z.string().max(most)

export const runPath = z.object({ workspace: name(64), project: name(500), run: name(64) })
export const projectPath = runPath.omit({ run: true })

export const runRecord = z
  .object({
    id: z.string(),
    name: z.string(),
    workspace: z.string(),
    project: z.string(),
    url: z.string(),
    state: z.enum(['queued', 'running', 'finished', 'failed', 'crashed', 'stopped', 'lost']),
    state_reason: z.string().nullable(),
    group: z.string().nullable(),
    job_type: z.string().nullable(),
    tags: z.array(z.string()),
    notes: z.string().nullable(),
    config: json,
    summary: json,
    exit_code: z.int().nullable(),
    created_at: ms,
    started_at: ms,
    ended_at: ms.nullable(),
  })
  .openapi('Run')

export const counts = z.object({ logged: z.int(), stored: z.int(), refused: z.int(), pending: z.int() })

export const writerName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/)
  .default('http')
  .describe('a name of yours for the process that writes')

export const runDetail = runRecord
  .extend({
    environment: json,
    keys: z.array(z.string()),
    definitions: z.array(z.looseObject({ name: z.string() })).describe('what user code said of keys'),
    receipt: counts,
  })
  .openapi('RunDetail')

export const runsPage = z
  .object({ runs: z.array(runRecord), cursor: z.string().nullable().describe('ask again with it for older runs') })
  .openapi('Runs')

const real = z.union([z.number(), z.enum(nonFiniteWords)])

export const seriesByKey = z
  .record(
    z.string(),
    z.object({
      steps: z.array(z.int()),
      times: z.array(ms),
      values: z.array(real),
      writers: z.array(z.string()).optional().describe('whose point each is, where a key has several label sets'),
    }),
  )
  .openapi('Series')

export const errorForm = z
  .object({ error: z.object({ code: z.string(), message: z.string(), request_id: z.string() }) })
  .openapi('Error')

const refused = { content: { 'application/json': { schema: errorForm } } }

export const refusals = {
  400: { description: 'INVALID', ...refused },
  401: { description: 'UNAUTHENTICATED', ...refused },
  403: { description: 'FORBIDDEN', ...refused },
  404: { description: 'NOT_FOUND', ...refused },
  409: { description: 'CONFLICT', ...refused },
  410: { description: 'GONE: the run was deleted', ...refused },
  413: { description: 'TOO_LARGE', ...refused },
  429: { description: 'LIMIT: ask again later', ...refused },
}
