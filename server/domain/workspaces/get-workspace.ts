import type { Ctx } from '../../context.ts'
import { type Action, can, type Place, policy, requireWorkspace } from '../access/index.ts'

/** A workspace and what the asker may do in it (as to things that others made). */
export async function getWorkspace(ctx: Ctx, { workspace }: { workspace: string }) {
  return withRights(ctx, await requireWorkspace(ctx, workspace, 'workspace.read'))
}

export function withRights(ctx: Ctx, place: Place) {
  const may = (Object.keys(policy) as Action[]).filter(action => can(ctx.actor, action, place))
  return { ...place, may }
}
