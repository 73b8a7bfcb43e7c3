import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { gone } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'

export const invitationToken = z.string().min(1).max(100)

export const newToken = () => randomBytes(32).toString('base64url')

export const tokenHash = (token: string) => createHash('sha256').update(token).digest('hex')

/** The same answer for one that never was, was used, was taken back, or has expired. */
export const invitationGone = () => gone('This invitation is no longer valid. Ask for a new one')

export async function findOpenInvitation(tx: Tx, token: string) {
  const invitation = await tx.prisma.invitation.findUnique({
    where: { tokenHash: tokenHash(token), acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    include: { workspace: true },
  })
  if (!invitation) throw invitationGone()
  return invitation
}
