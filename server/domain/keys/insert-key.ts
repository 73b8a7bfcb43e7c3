import { randomUUID } from 'node:crypto'
import type { KeyScope } from '../../actor.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'
import { append } from '../audit/index.ts'
import { keyHash, keyHint } from './api-key.ts'

export interface KeyRow {
  workspaceId: string
  userId: string
  name: string
  scope: KeyScope
  expiresAt: Date | null
}

/** Part of the verbs that make a key, in a transaction within its workspace. Only its hash is kept. */
export async function insertKey(ctx: Ctx, tx: Tx, key: string, row: KeyRow) {
  const made = await tx.prisma.apiKey.create({
    data: { id: randomUUID(), hash: keyHash(key), hint: keyHint(key), ...row },
    select: { id: true, name: true, scope: true, hint: true, expiresAt: true },
  })
  const { workspaceId, name, scope } = row
  await append(ctx, tx, { workspaceId, action: 'key.create', target: made.id, after: { name, scope } })
  return made
}
