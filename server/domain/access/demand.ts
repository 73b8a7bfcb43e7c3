import type { Ctx } from '../../context.ts'
import { forbidden, unauthenticated } from '../../errors.ts'
import { can, type Resource } from './can.ts'
import type { Action } from './policy.ts'

/** Says no to what the asker sees but may not do; callers have made sure that he sees it. */
export function demand(ctx: Ctx, action: Action, resource?: Resource): void {
  if (can(ctx.actor, action, resource)) return
  if (ctx.actor.kind === 'nobody') throw unauthenticated()
  throw forbidden(`This needs the right to ${action}`, { action })
}
