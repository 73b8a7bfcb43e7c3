import type { Tx } from '../../store/postgres.ts'

/** The next run's place in its project's order of runs, from 1; the project's row is locked until the commit. */
export async function takeOrdinal({ sql }: Tx, projectId: string): Promise<number> {
  const { rows } = await sql.query<{ runs_made: number }>(
    'UPDATE project SET runs_made = runs_made + 1 WHERE id = $1 RETURNING runs_made',
    [projectId],
  )
  if (!rows[0]) throw new Error(`no project ${projectId}`)
  return rows[0].runs_made
}
