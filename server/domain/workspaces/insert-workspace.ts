import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { conflict } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { isDuplicate } from '../../store/unique.ts'
import type { Place } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { workspaceName, workspaceSlug } from './slug.ts'

export const newWorkspace = z.strictObject({ name: workspaceName, slug: workspaceSlug.optional() })
export type NewWorkspace = z.output<typeof newWorkspace>

export interface WorkspaceRow {
  workspaceId: string
  name: string
  slug: string
}

export const newWorkspaceId = () => randomUUID()

/** Part of the verbs that make a workspace, in a transaction within it: with its first owner. */
export async function insertWorkspace(ctx: Ctx, tx: Tx, row: WorkspaceRow, ownerId: string): Promise<Place> {
  const { workspaceId, slug } = row
  try {
    await refuseSlugBefore(tx, slug)
    await tx.prisma.workspace.create({ data: row })
  } catch (error) {
    if (isDuplicate(error)) throw slugTaken()
    throw error
  }
  await tx.prisma.member.create({ data: { workspaceId, userId: ownerId, role: 'owner' } })
  await append(ctx, tx, { workspaceId, action: 'workspace.create', target: workspaceId, after: { slug } })
  return { ...row, role: 'owner' }
}

export const slugTaken = () => conflict('This address is taken', { field: 'slug' })

/** A slug that a workspace had before still leads to it: nobody else gets it. */
export async function refuseSlugBefore(tx: Tx, slug: string, workspaceId?: string): Promise<void> {
  const before = await tx.prisma.workspaceSlug.findUnique({ where: { slug } })
  if (before && before.workspaceId !== workspaceId) throw slugTaken()
}
