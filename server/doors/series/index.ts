import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodePart } from '../../../protocol/answer.ts'
import { readSeries, seriesQuestion } from '../../domain/metrics/index.ts'
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
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const parts = await readSeries(ctx, question.data, gone.signal)
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' })
  for await (const { json, columns } of parts) {
    if (!response.write(encodePart(json, columns))) await taken(response, gone.signal)
    // Whoever has left the panel needs no more of it.
    if (gone.signal.aborted) return
  }
  response.end()
}

/** Until the asker has taken what was written, or has gone. */
async function taken(response: ServerResponse, signal: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal }).catch(() => {})
}
