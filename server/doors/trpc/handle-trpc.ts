import type { AnyRouter } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { type House, house } from '../../house.ts'
import { requestId } from '../../log.ts'
import { header, requireOurWrite } from '../auth/index.ts'
import { errorBody } from '../error-body.ts'
import { requireSize } from '../require-size.ts'
import { askedBy } from './asked-by.ts'
import { appRouter } from './router.ts'

/** tRPC behind Next's route. */
export const handleTrpc = (request: Request): Promise<Response> => answerTrpc(house(), appRouter, request)

const BODY_BYTES_MAX = 1 << 20
const BATCH_MAX = 50

export async function answerTrpc(ours: House, router: AnyRouter, request: Request): Promise<Response> {
  try {
    requireSize(request, BODY_BYTES_MAX)
    if (request.method !== 'GET') requireOurWrite(ours, request)
    const asked = await askedBy(ours, request)
    const answer = await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: request,
      router,
      maxBatchSize: BATCH_MAX,
      createContext: () => asked,
    })
    answer.headers.set('cache-control', 'private, no-store')
    return answer
  } catch (error) {
    const { status, body } = errorBody(error, requestId(header(request, 'x-request-id')), ours.log)
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
  }
}
