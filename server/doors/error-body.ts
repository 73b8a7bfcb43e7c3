import { type ErrorCode, httpStatus, isDomainError } from '../errors.ts'
import type { Log } from '../log.ts'

export interface ErrorBody {
  error: { code: ErrorCode | 'INTERNAL'; message: string; request_id: string; details?: Record<string, unknown> }
}

/** Any error as a program reads it: the domain's own words, or one sentence and the id to find the rest by. */
export function errorBody(error: unknown, requestId: string, log: Log): { status: number; body: ErrorBody } {
  if (isDomainError(error)) {
    const { code, message, details } = error
    return {
      status: httpStatus(code),
      body: { error: { code, message, request_id: requestId, ...(details && { details }) } },
    }
  }
  log.error({ error, requestId }, 'a request failed')
  const message = 'Something went wrong on the server. Its log names this request id.'
  return { status: 500, body: { error: { code: 'INTERNAL', message, request_id: requestId } } }
}
