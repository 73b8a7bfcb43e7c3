import type { ApiKey } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'

type StandingKey = Pick<ApiKey, 'id' | 'workspaceId' | 'userId' | 'scope' | 'expiresAt' | 'lastUsedAt'>

/**
 * Keys that stand: not revoked, not expired, of a person who is a member still. A key older than the membership is of an
 * earlier one, which it died with.
 */
export function readStandingKeys(
  { db }: Pick<Ctx, 'db'>,
  by: 'id' | 'hash',
  names: readonly string[],
): Promise<StandingKey[]> {
  return db.queryIdentity<StandingKey>(
    `SELECT k.id, k.workspace_id AS "workspaceId", k.user_id AS "userId", k.scope, k.expires_at AS "expiresAt",
       k.last_used_at AS "lastUsedAt"
     FROM api_key k
     JOIN member m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id AND m.created_at <= k.created_at
     JOIN "user" u ON u.id = m.user_id AND u.disabled_at IS NULL
     WHERE k.${by} = ANY ($1::text[]) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
    [names],
  )
}

/** Which of these keys still stand, in one question: for those who keep sockets open. */
export async function standingKeys(ctx: Pick<Ctx, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  const rows = await readStandingKeys(ctx, 'id', ids)
  return new Set(rows.map(({ id }) => id))
}
