import NextAuth from 'next-auth'
import { forbidden } from '../../errors.ts'
import { house as houseOfProcess } from '../../house.ts'
import { requestId } from '../../log.ts'
import { errorBody } from '../error-body.ts'
import { isOurOrigin } from '../origin.ts'
import { requireSize } from '../require-size.ts'
import { header } from './headers.ts'
import { authOptions } from './options.ts'

// Without it next-auth knows one address only. What it trusts is what `settleForwarded` wrote.
process.env.AUTH_TRUST_HOST = '1'

const BODY_BYTES_MAX = 64 << 10

/** next-auth behind Next's route. */
export async function handleAuth(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const house = houseOfProcess()
  try {
    const headers = { origin: header(request, 'origin'), host: header(request, 'host') }
    if (request.method !== 'GET' && !isOurOrigin({ headers }, house.settings)) throw forbidden('This page is not ours')
    requireSize(request, BODY_BYTES_MAX)
    return await NextAuth(request as never, context as never, authOptions(house, request))
  } catch (error) {
    const { status, body } = errorBody(error, requestId(header(request, 'x-request-id')), house.log)
    return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
  }
}
