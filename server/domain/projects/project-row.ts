import type { Project } from '../../../prisma/generated/client.ts'
import type { Tx } from '../../store/postgres.ts'

export interface ProjectRow {
  id: string
  slug: string
  name: string
  createdAt: Date
  runs: number
  running: number
  lastRunAt: Date | null
}

export const emptyProject = ({ id, slug, name, createdAt }: Project): ProjectRow => {
  return { id, slug, name, createdAt, runs: 0, running: 0, lastRunAt: null }
}

interface Counts {
  project_id: string
  runs: number
  running: number
  last_run_at: Date | null
}

/** Projects with the counts of their runs, in one question. */
export async function withCounts(tx: Tx, workspaceId: string, projects: Project[]): Promise<ProjectRow[]> {
  const { rows } = await tx.sql.query<Counts>(
    `SELECT project_id, count(*)::int AS runs, count(*) FILTER (WHERE state = 'running')::int AS running, max(created_at) AS last_run_at
     FROM run WHERE workspace_id = $1 AND project_id = ANY($2) AND deleted_at IS NULL GROUP BY project_id`,
    [workspaceId, projects.map(({ id }) => id)],
  )
  return projects.map(project => {
    const counts = rows.find(row => row.project_id === project.id)
    const row = emptyProject(project)
    return counts ? { ...row, runs: counts.runs, running: counts.running, lastRunAt: counts.last_run_at } : row
  })
}
