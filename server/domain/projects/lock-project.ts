import type { Tx } from '../../store/postgres.ts'

/** Until the commit nobody else adds to this project. */
export async function lockProject({ sql }: Tx, projectId: string): Promise<void> {
  await sql.query('SELECT FROM project WHERE id = $1 FOR UPDATE', [projectId])
}
