import type { TRPCClientErrorLike } from '@trpc/client'
import type { AppRouter } from '@/server/doors/trpc/router'

type Known = NonNullable<TRPCClientErrorLike<AppRouter>['data']>

/** The server's code for what went wrong, from an answer in the browser or from a call while a page is rendered. */
export function codeOf(error: unknown): Known['code'] | undefined {
  return dataOf(error)?.code ?? (causeOf(error)?.code as Known['code'] | undefined)
}

/** The id by which the server's log names this request. */
export const requestIdOf = (error: unknown) => dataOf(error)?.requestId ?? undefined

function dataOf(error: unknown): Partial<Known> | undefined {
  return typeof error === 'object' && error !== null && 'data' in error ? (error.data as Partial<Known>) : undefined
}

function causeOf(error: unknown): { code?: unknown } | undefined {
  return error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
}
