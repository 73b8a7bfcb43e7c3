import type { Ctx } from '../../context.ts'
import { invalid } from '../../errors.ts'
import { isDuplicate } from '../../store/unique.ts'
import { demand, findProject, listPlaces, type Place, requireWorkspace, type SeenProject } from '../access/index.ts'
import { insertProject } from './insert-project.ts'
import { projectName } from './project-name.ts'

/** The project that a training names, made if this is its first run. Without a workspace: the only one the asker has. */
export async function findOrCreateProject(
  ctx: Ctx,
  ref: { workspace?: string; project: string },
): Promise<SeenProject> {
  const workspace =
    ref.workspace === undefined ? await onlyPlace(ctx) : await requireWorkspace(ctx, ref.workspace, 'workspace.read')
  const { workspaceId } = workspace
  const find = () => ctx.db.inWorkspace(workspaceId, tx => findProject(tx, workspaceId, ref.project))
  const found = await find()
  if (found) return { ...found, workspace }

  demand(ctx, 'project.create', workspace)
  const name = projectName.safeParse(ref.project)
  if (!name.success) throw invalid('A project needs a name of 1 to 500 characters, none of them control characters')
  const made = await ctx.db
    .inWorkspace(workspaceId, tx => insertProject(ctx, tx, workspaceId, name.data))
    .catch(error => {
      if (isDuplicate(error)) return find()
      throw error
    })
  if (!made) throw invalid('The project could not be made; try again')
  return { ...made, workspace }
}

async function onlyPlace(ctx: Ctx): Promise<Place> {
  const [first, second] = await listPlaces(ctx)
  if (!first) return requireWorkspace(ctx, '', 'workspace.read')
  if (second) throw invalid('Say which workspace', { workspaces: [first.slug, second.slug] })
  return first
}
