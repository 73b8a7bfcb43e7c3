import pg from 'pg'

const needed = ['fsync', 'full_page_writes', 'synchronous_commit'] as const
const oldestVersion = 150_000

/** Refuses a server that would lose what it acknowledged: an ack means that the points are on disk. */
export async function requireDurability(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string; setting: string }>(
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [[...needed, 'server_version_num']],
    )
    const settings = new Map(rows.map(({ name, setting }) => [name, setting]))
    if (Number(settings.get('server_version_num')) < oldestVersion)
      throw new Error('The database is too old: Trackside needs PostgreSQL 15 or newer.')
    const weak = needed.filter(name => settings.get(name) === 'off')
    if (weak.length > 0)
      throw new Error(
        `The database may lose acknowledged points: ${weak.join(', ')} is off. Switch it on (ALTER SYSTEM SET … = on) and reload.`,
      )
  } finally {
    await client.end()
  }
}
