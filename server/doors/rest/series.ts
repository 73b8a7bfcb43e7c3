import { Readable } from 'node:stream'
import { createRoute, z } from '@hono/zod-openapi'
import { readPoints, type SeriesPoints } from '../../domain/metrics/index.ts'
import { invalid } from '../../errors.ts'
import type { Api } from './api.ts'
import { name, refusals, runPath, seriesByKey } from './schemas.ts'
import { csvOf } from './write-csv.ts'
import { jsonOf } from './write-json.ts'
import { parquetOf } from './write-parquet.ts'

const key = name(1024)
const query = z.strictObject({
  key: z
    .union([key, z.array(key)])
    .optional()
    .describe('a key, whole; may be repeated'),
  keys: name(100_000).optional().describe('names without a comma, joined by commas'),
  labels: name(4096).optional().describe('`rank:3`; several joined by commas'),
  format: z.enum(['json', 'csv', 'parquet']).default('json'),
})

const route = createRoute({
  method: 'get',
  path: '/{workspace}/{project}/runs/{run}/series',
  summary: 'Every point, revised ones too, in order of commit; of all keys, or of those asked for',
  security: [{ key: [] }],
  request: { params: runPath, query },
  responses: {
    200: {
      description: 'Columns by key',
      content: { 'application/json': { schema: seriesByKey }, 'text/csv': {}, 'application/vnd.apache.parquet': {} },
    },
    ...refusals,
  },
})

const writers: Record<
  'json' | 'csv' | 'parquet',
  [
    type: string,
    write: (series: AsyncIterable<SeriesPoints[]>, labelled: boolean) => AsyncIterable<string | Uint8Array>,
  ]
> = {
  json: ['application/json', jsonOf],
  csv: ['text/csv; charset=utf-8', csvOf],
  parquet: ['application/vnd.apache.parquet', parquetOf],
}

export function addSeries(api: Api): void {
  api.openapi(route, async c => {
    const { key, keys, labels, format } = c.req.valid('query')
    const named = [...(key === undefined ? [] : [key].flat()), ...(keys?.split(',') ?? [])].filter(one => one !== '')
    const asked = key === undefined && keys === undefined ? undefined : [...new Set(named)]
    const series = await readPoints(c.get('ctx'), c.req.valid('param'), { keys: asked, labels: labelsOf(labels) })
    const [type, write] = writers[format]
    const body = Readable.toWeb(Readable.from(write(series, labels !== undefined))) as ReadableStream
    return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } })
  })
}

function labelsOf(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined || text === '') return undefined
  const pairs = text.split(',').map(pair => {
    const at = pair.indexOf(':')
    if (at < 1) throw invalid('labels are written name:value')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}
