import type { Prisma } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'

export interface Deed {
  /** Absent: an act upon an account. */
  workspaceId?: string
  /** `noun.verb`, e.g. `member.remove`. */
  action: string
  /** What it was done to: an id. */
  target: string
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
}

/** Writes down what was done, in the transaction that does it. Never a secret, never a metric's value. */
export async function append(ctx: Ctx, tx: Tx, deed: Deed): Promise<void> {
  const { actor, address, requestId } = ctx
  const actorId = actor.kind === 'member' ? actor.userId : actor.kind === 'key' ? actor.keyId : null
  await tx.prisma.auditEvent.create({ data: { ...deed, actorKind: actor.kind, actorId, address, requestId } })
}
