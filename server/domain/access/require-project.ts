import type { Project } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { notFound } from '../../errors.ts'
import type { Tx } from '../../store/postgres.ts'
import { demand } from './demand.ts'
import type { Place } from './places.ts'
import type { Action } from './policy.ts'
import type { ProjectRef } from './ref.ts'
import { findPlace } from './require-workspace.ts'

export type SeenProject = Project & { workspace: Place }

/** The project, if the asker sees its workspace and may do `action` in it. */
export async function requireProject(ctx: Ctx, ref: ProjectRef, action: Action): Promise<SeenProject> {
  const workspace = await findPlace(ctx, ref.workspace)
  const project = await ctx.db.inWorkspace(workspace.workspaceId, tx =>
    findProject(tx, workspace.workspaceId, ref.project),
  )
  if (!project) throw notFound('project')
  demand(ctx, action, { ...workspace, createdById: project.createdById })
  return { ...project, workspace }
}

/** By id or slug, else by name, else by a slug it had before. */
export async function findProject(tx: Tx, workspaceId: string, name: string): Promise<Project | null> {
  const { prisma } = tx
  const found = await prisma.project.findMany({ where: { workspaceId, OR: [{ id: name }, { slug: name }, { name }] } })
  const now = found.find(p => p.id === name) ?? found.find(p => p.slug === name) ?? found[0]
  if (now) return now
  const before = await prisma.projectSlug.findUnique({ where: { workspaceId_slug: { workspaceId, slug: name } } })
  return before && prisma.project.findFirst({ where: { workspaceId, id: before.projectId } })
}
