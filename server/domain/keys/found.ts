import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import { hashPassword, insertUser, newUser } from '../accounts/index.ts'
import { insertWorkspace, newWorkspaceId, slugOf, workspaceName, workspaceSlug } from '../workspaces/index.ts'
import { insertKey } from './insert-key.ts'

const founding = newUser.extend({
  workspace: z.strictObject({ name: workspaceName, slug: workspaceSlug.optional() }).optional(),
  /** Taken as given, for containers and tests. */
  key: z.string().optional(),
})

/** Makes the first owner of an empty server, with a first workspace and key where asked for. Callers have said who may. */
export async function found(ctx: Ctx, { password, workspace, key, ...person }: z.output<typeof founding>) {
  const passwordHash = await hashPassword(password)
  const workspaceId = newWorkspaceId()
  return ctx.db.inWorkspace(workspaceId, async tx => {
    // Of two who come at once, the second waits here and finds the first.
    await tx.sql.query(`SELECT pg_advisory_xact_lock(hashtext('trackside.found'))`)
    if (await tx.prisma.user.findFirst({ select: { id: true } })) throw conflict('This server has an owner already')
    const user = await insertUser(ctx, tx, { ...person, passwordHash })
    if (!workspace) return { email: user.email, workspace: null }
    const row = { workspaceId, name: workspace.name, slug: workspace.slug ?? slugOf(workspace.name) }
    const place = await insertWorkspace(ctx, tx, row, user.id)
    if (key) {
      const made = { workspaceId, userId: user.id, name: 'First key', scope: 'admin', expiresAt: null } as const
      await insertKey(ctx, tx, key, made)
    }
    return { email: user.email, workspace: place }
  })
}
