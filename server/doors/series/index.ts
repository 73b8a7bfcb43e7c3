import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodePart } from '../../../protocol/answer.ts'
import { type Part, readSeries, seriesQuestion } from '../../domain/metrics/index.ts'
import { invalid } from '../../errors.ts'
import type { House } from '../../house.ts'
import { actorFromRequest, contextFor, requireOurWrite } from '../auth/index.ts'
import type { Door } from '../mount.ts'
import { readJson } from '../read-json.ts'

/** Readers of series: one question, the answer streamed part by part (protocol/series.md). */
export function openSeries(house: House): Door {
  return {
    name: 'series',
    routes: [{ path: '/api/series', handle: (request, response) => answer(house, request, response) }],
  }
}

const QUESTION_BYTES_MAX = 2 << 20

async function answer(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST' || request.url?.split('?', 1)[0] !== '/api/series')
    throw invalid('Ask POST /api/series')
  requireOurWrite(house, request)
  const ctx = contextFor(house, await actorFromRequest(house, request), request)
  const question = seriesQuestion.safeParse(await readJson(request, QUESTION_BYTES_MAX))
  if (!question.success) throw invalid('This question cannot be read', { issues: question.error.issues.slice(0, 10) })
  const parts = await readSeries(ctx, question.data)
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
  for await (const part of parts) {
    // Whoever has left the panel needs no more of it.
    if (response.destroyed) return
    if (!response.write(encode(part))) await Promise.race([once(response, 'drain'), once(response, 'close')])
  }
  response.end()
}

function encode({ json, points }: Part): Uint8Array {
  return encodePart(json, points ? [{ whole: points.steps }, { whole: points.times }, { floats: points.values }] : [])
}
