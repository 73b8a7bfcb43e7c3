import { initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import { fromLossless, toLossless } from '../../../protocol/lossless-json.ts'
import type { Ctx } from '../../context.ts'
import { type Action, rule } from '../../domain/access/index.ts'
import { type DomainError, type ErrorCode, forbidden, isDomainError, unauthenticated } from '../../errors.ts'
import type { House } from '../../house.ts'
import { requireText } from '../require-text.ts'

export interface Asked {
  ctx: Ctx
  house: House
  /** The browser's name for lists of sessions. */
  agent: string | undefined
  host: string | undefined
}

/** What a procedure lets its caller do: an action of the policy, or, said aloud, anybody. */
export interface Guard {
  action: Action | 'public'
}

type TrpcCode = ConstructorParameters<typeof TRPCError>[0]['code']

const trpcCodes: Record<ErrorCode, TrpcCode> = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHORIZED',
  CONFLICT: 'CONFLICT',
  INVALID: 'BAD_REQUEST',
  LIMIT: 'TOO_MANY_REQUESTS',
  TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  GONE: 'NOT_FOUND',
}

const t = initTRPC
  .context<Asked>()
  .meta<Guard>()
  .create({
    transformer: { serialize: toLossless, deserialize: fromLossless },
    errorFormatter({ shape, error, ctx }) {
      const { code, message, details } = told(error)
      const { httpStatus, path } = shape.data
      const requestId = ctx?.ctx.requestId ?? null
      return { ...shape, message, data: { code, httpStatus, path, requestId, details } }
    },
  })

interface Told {
  code: ErrorCode | 'INTERNAL'
  message: string
  details?: Record<string, unknown> | undefined
}

/** Any error as a screen reads it: our own words, which fields are wrong, or one sentence and the request's id. */
function told(error: TRPCError): Told {
  const { cause } = error
  if (isDomainError(cause)) return { code: cause.code, message: cause.message, details: cause.details }
  if (cause instanceof z.ZodError) {
    const fields = Object.fromEntries(cause.issues.map(({ path, message }) => [path.join('.'), message]))
    const message = Object.entries(fields)
      .map(([field, fault]) => `${field} ${fault}`.trim())
      .join('; ')
    return { code: 'INVALID', message, details: { fields } }
  }
  if (error.code === 'INTERNAL_SERVER_ERROR') {
    return { code: 'INTERNAL', message: 'Something went wrong on the server. Its log names this request id.' }
  }
  const known = Object.entries(trpcCodes).find(([, code]) => code === error.code)
  return { code: (known?.[0] as ErrorCode | undefined) ?? 'INVALID', message: error.message }
}

const inOurWords = t.middleware(async ({ next, ctx: { ctx }, getRawInput }) => {
  try {
    // A body that is not there or cannot be read is the matter of the procedure that wants one.
    requireText(await getRawInput().catch(() => undefined))
  } catch (error) {
    throw isDomainError(error) ? translated(error) : error
  }
  const result = await next()
  if (result.ok) return result
  const { cause, code } = result.error
  if (isDomainError(cause)) throw translated(cause)
  if (code === 'INTERNAL_SERVER_ERROR') ctx.log.error({ error: cause ?? result.error }, 'a procedure failed')
  return result
})

const translated = (cause: DomainError) => new TRPCError({ code: trpcCodes[cause.code], message: cause.message, cause })

/**
 * The only ways to make a procedure. This gate knows who asks and what he wants to do; which thing he wants to do it to
 * the verb fetches and asks in one step. A route without either is not in the router's type, and the access matrix fails.
 */
export const guard = (action: Action) =>
  t.procedure
    .meta({ action })
    .use(inOurWords)
    .use(({ ctx, next }) => {
      const { actor } = ctx.ctx
      if (actor.kind === 'nobody') throw translated(unauthenticated())
      if (actor.kind === 'key' && rule(action).key === 'never')
        throw translated(forbidden('This is done by people, not with a key'))
      return next()
    })

/** For what must work before anybody is signed in. */
export const open = t.procedure.meta({ action: 'public' }).use(inOurWords)

export const { router, createCallerFactory } = t
