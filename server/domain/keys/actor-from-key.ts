import type { Actor } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import { unauthenticated } from '../../errors.ts'
import { keyHash, looksLikeKey } from './api-key.ts'
import { readStandingKeys } from './standing-keys.ts'

const usedEvery = 60_000

const refusal = () => unauthenticated('This key is not valid. Make a new one in the settings of your workspace')

/** Who asks with this key. One answer for a key that never was, was revoked, has expired, or whose person is gone. */
export async function actorFromKey(ctx: Pick<Ctx, 'db'>, key: string): Promise<Actor & { kind: 'key' }> {
  if (!looksLikeKey(key)) throw refusal()
  const [row] = await readStandingKeys(ctx, 'hash', [keyHash(key)])
  if (!row) throw refusal()
  const { id, workspaceId, userId, scope, expiresAt, lastUsedAt } = row
  const now = new Date()
  if (!lastUsedAt || lastUsedAt.getTime() + usedEvery <= now.getTime())
    await ctx.db.asIdentity(({ prisma }) => prisma.apiKey.updateMany({ where: { id }, data: { lastUsedAt: now } }))
  return { kind: 'key', keyId: id, workspaceId, userId, scope, ...(expiresAt && { until: expiresAt.getTime() }) }
}
