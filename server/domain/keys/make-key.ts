import { z } from 'zod'
import type { KeyScope } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { forbidden, invalid, notFound } from '../../errors.ts'
import { type Place, type Role, reaches, requireWorkspace, scopes } from '../access/index.ts'
import { emailSchema } from '../accounts/index.ts'
import { newApiKey } from './api-key.ts'
import { insertKey } from './insert-key.ts'

export const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scope: z.enum(scopes).default('write'),
  days: z.int().min(1).max(3_650).optional(),
  /** Whose it is; only the administrator's command line makes keys for others. */
  email: emailSchema.optional(),
})

const greatest: Record<Role, KeyScope> = { viewer: 'read', member: 'write', admin: 'admin', owner: 'admin' }

/** Makes a key of one's own. The key itself is told here and never again. */
export async function makeKey(ctx: Ctx, workspace: string, { name, scope, days, email }: z.output<typeof newKey>) {
  const place = await requireWorkspace(ctx, workspace, 'keys.own')
  const { userId, role } = await keeperOf(ctx, place, email)
  if (!reaches(scopes, greatest[role], scope)) throw forbidden(`A ${role} has no key of scope ${scope}`)
  const { workspaceId } = place
  const expiresAt = days === undefined ? null : new Date(Date.now() + days * 24 * 60 * 60 * 1000)
  const key = newApiKey()
  const made = await ctx.db.inWorkspace(workspaceId, tx =>
    insertKey(ctx, tx, key, { workspaceId, userId, name, scope, expiresAt }),
  )
  return { key, ...made }
}

async function keeperOf(ctx: Ctx, place: Place, email: string | undefined): Promise<{ userId: string; role: Role }> {
  const { actor } = ctx
  if (actor.kind === 'member' && email === undefined) return { userId: actor.userId, role: place.role }
  if (actor.kind !== 'system') throw forbidden('A key is made by the person whose it is')
  if (email === undefined) throw invalid('Say whose key it is', { field: 'email' })
  const keeper = await ctx.db.asIdentity(({ prisma }) =>
    prisma.member.findFirst({ where: { workspaceId: place.workspaceId, user: { email } } }),
  )
  if (!keeper) throw notFound('member', email)
  return keeper
}
