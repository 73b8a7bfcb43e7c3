import type pg from 'pg'
import { growSpans } from '../../server/store/points/grow-spans.ts'
import { seriesName } from '../../server/store/points/labels.ts'
import { packParts } from '../../server/store/points/pack.ts'
import { insertParts } from '../../server/store/points/seal-write.ts'
import { listSeries } from '../../server/store/points/series-rows.ts'
import { updateStatistics } from '../../server/store/points/statistics.ts'
import type { Tx } from '../../server/store/postgres.ts'
import { newWriter, openBodyOf, TestAgent } from '../../server/testing/agent.ts'
import type { BenchServer } from '../ingest/server.ts'
import { type Curve, stepOf, timeOf } from './curve.ts'

/** Points that are sealed together. */
const BATCH = 524_288

/** A run with these curves at `n` points each, sealed by the store's own functions: what ingest would leave, in less time. */
export async function seedRun(server: BenchServer, curves: Curve[], n: number): Promise<number> {
  const agent = await TestAgent.connect(server.url, server.key)
  const writer = newWriter()
  const opened = await agent.open(openBodyOf({ writer, run: `read-${writer.slice(0, 12)}` }))
  agent.close()
  if ('error' in opened) throw new Error(JSON.stringify(opened))
  const { sql } = server
  const { rows } = await sql.query<{ run: string; workspace_id: string }>(
    `SELECT run, workspace_id FROM run WHERE id = $1`,
    [`read-${writer.slice(0, 12)}`],
  )
  const { run, workspace_id: workspaceId } = rows[0] as { run: string; workspace_id: string }
  await sql.query(
    `INSERT INTO metric_head (workspace_id, run) VALUES ($1, $2) ON CONFLICT (run) DO UPDATE SET cursor = 0, sealed = 0`,
    [workspaceId, run],
  )
  await sql.query(
    'INSERT INTO metric_series (workspace_id, run, series, key) SELECT $1, $2, place - 1, key FROM unnest($3::text[]) WITH ORDINALITY AS k (key, place)',
    [workspaceId, run, curves.map(({ key }) => key)],
  )
  const each = Math.max(4_096, Math.floor(BATCH / curves.length / 4_096) * 4_096)
  for (let from = 0, cursor = 1; from < n; from += each, cursor++)
    await sealBatch(sql, workspaceId, Number(run), curves, from, Math.min(n, from + each), cursor)
  return Number(run)
}

async function sealBatch(
  sql: pg.Client,
  workspaceId: string,
  run: number,
  curves: Curve[],
  from: number,
  to: number,
  cursor: number,
): Promise<void> {
  const places = (of: (i: number) => number) => Float64Array.from({ length: to - from }, (_, i) => of(from + i))
  const axis = { steps: places(stepOf), times: places(timeOf) }
  const gathered = new Map(
    curves.map(({ key, value }) => [
      seriesName(key, ''),
      { key, labelSet: '', stretches: [{ axis: 'all', cursor, writer: 0, ...axis, values: places(value) }] },
    ]),
  )
  await sql.query('BEGIN')
  const tx: Pick<Tx, 'sql'> = { sql }
  const series = await listSeries(sql, [run])
  await insertParts(tx as Tx, workspaceId, run, packParts(series, gathered, new Map()))
  await growSpans(
    tx as Tx,
    workspaceId,
    run,
    series.map(row => row.series),
  )
  await updateStatistics(tx as Tx, run, series, gathered, cursor)
  await sql.query('UPDATE metric_head SET cursor = $2, sealed = $2 WHERE run = $1', [run, cursor])
  await sql.query('COMMIT')
}
