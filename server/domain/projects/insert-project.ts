import { randomUUID } from 'node:crypto'
import type { Project } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../store/postgres.ts'
import { append } from '../audit/index.ts'
import { numbered, slugOf } from './project-name.ts'

/** Part of the verbs that make a project. Two who make one of the same name at once meet at its unique name. */
export async function insertProject(ctx: Ctx, tx: Tx, workspaceId: string, name: string): Promise<Project> {
  const { actor } = ctx
  const createdById = actor.kind === 'member' || actor.kind === 'key' ? actor.userId : null
  const slug = await freeSlug(tx, workspaceId, slugOf(name))
  const project = await tx.prisma.project.create({ data: { id: randomUUID(), workspaceId, name, slug, createdById } })
  await append(ctx, tx, { workspaceId, action: 'project.create', target: project.id, after: { name } })
  return project
}

/** A slug that another project has, or had and is still found by, gets a number. */
export async function freeSlug(tx: Tx, workspaceId: string, slug: string, ownId?: string): Promise<string> {
  const [now, before] = await Promise.all([
    tx.prisma.project.findFirst({ where: { workspaceId, slug, ...(ownId && { id: { not: ownId } }) } }),
    tx.prisma.projectSlug.findFirst({ where: { workspaceId, slug, ...(ownId && { projectId: { not: ownId } }) } }),
  ])
  return now || before ? numbered(slug) : slug
}
