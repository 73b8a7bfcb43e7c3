import pg from 'pg'

const metricTables = [
  'metric_chunk',
  'metric_span',
  'metric_axis',
  'metric_series',
  'metric_writer',
  'metric_quarantine',
]

/**
 * Makes the space of deleted rows reusable; `full` gives it back to the disk, for which each table is locked while it is
 * written anew. On a connection of its own: VACUUM runs in no transaction.
 */
export async function vacuumMetrics(ownerUrl: string, full = false): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    for (const table of metricTables) await client.query(`VACUUM ${full ? '(FULL)' : ''} ${table}`)
  } finally {
    await client.end()
  }
}
