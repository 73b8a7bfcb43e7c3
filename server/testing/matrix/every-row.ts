import type { House } from '../../house.ts'

/** All that the database holds of a workspace, table by table: a call that was refused has changed none of it. */
export function everyRow({ db }: Pick<House, 'db'>, workspaceId: string): Promise<Record<string, string[]>> {
  return db.acrossWorkspaces(async ({ sql }) => {
    const { rows: tables } = await sql.query<{ table_name: string }>(
      `SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND c.column_name = 'workspace_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`,
    )
    const all: Record<string, string[]> = {}
    for (const { table_name } of tables) {
      const { rows } = await sql.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM "${table_name}" t WHERE workspace_id = $1 ORDER BY 1`,
        [workspaceId],
      )
      all[table_name] = rows.map(({ row }) => row)
    }
    return all
  })
}
