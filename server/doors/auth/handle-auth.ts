import NextAuth from 'next-auth'
import { forbidden } from '../../errors.ts'
import { house as houseOfProcess } from '../../house.ts'
import { requestId } from '../../log.ts'
import { errorBody } from '../error-body.ts'
import { isOurOrigin } from '../origin.ts'
import { header } from './headers.ts'
import { authOptions } from './options.ts'

// Without it next-auth knows one address only. What it trusts is what `settleForwarded` wrote.
process.env.AUTH_TRUST_HOST = '1'

/** next-auth behind Next's route. */
export async function handleAuth(
  request: Request,
  context: { params: Promise<{ nextauth: string[] }> },
): Promise<Response> {
  const house = houseOfProcess()
  const headers = { origin: header(request, 'origin'), host: header(request, 'host') }
  if (request.method !== 'GET' && !isOurOrigin({ headers }, house.settings)) {
    const id = requestId(header(request, 'x-request-id'))
    const { status, body } = errorBody(forbidden('This page is not ours'), id, house.log)
    return Response.json(body, { status })
  }
  return NextAuth(request as never, context as never, authOptions(house, request)) as Promise<Response>
}
