import type { Ctx } from '../../context.ts'
import { demand } from '../access/index.ts'

/** The person who is signed in: the first line of every verb upon one's own account. */
export function requirePerson(ctx: Ctx): { userId: string; sessionId?: string | undefined } {
  demand(ctx, 'account.own')
  if (ctx.actor.kind !== 'member') throw new Error('the system has no account of its own')
  return ctx.actor
}
