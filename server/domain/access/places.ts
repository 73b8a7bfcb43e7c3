import type { Actor } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import type { Role } from './policy.ts'

/** A workspace that the asker sees, and as what. */
export interface Place {
  workspaceId: string
  slug: string
  name: string
  role: Role
}

/**
 * Every workspace that the asker sees at this moment. Never cached: a role taken away, a key revoked and a person
 * disabled hold from the next question on, also on a socket that was opened before.
 */
export async function listPlaces({ db, actor }: Ctx): Promise<Place[]> {
  const [of, names] = placesOf(actor)
  return of === undefined
    ? []
    : db.queryIdentity<Place>(`SELECT w.workspace_id AS "workspaceId", w.slug, w.name, ${of} ORDER BY w.name`, names)
}

const ofPerson = `m.role FROM member m
  JOIN "user" u ON u.id = m.user_id AND u.disabled_at IS NULL
  JOIN workspace w ON w.workspace_id = m.workspace_id`

/** One statement for each kind of actor: every question that is asked of the server waits for it. */
function placesOf(actor: Actor): [of: string | undefined, names: string[]] {
  switch (actor.kind) {
    case 'member':
      return [`${ofPerson} WHERE m.user_id = $1`, [actor.userId]]
    case 'key':
      // A key older than the membership is of an earlier one, which it died with.
      return [
        `${ofPerson}
         JOIN api_key k ON k.workspace_id = m.workspace_id AND k.user_id = m.user_id AND k.created_at >= m.created_at
         WHERE k.id = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`,
        [actor.keyId],
      ]
    case 'system':
      return [`'owner' AS role FROM workspace w`, []]
    case 'nobody':
      return [undefined, []]
  }
}
