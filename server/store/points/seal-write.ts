import type { Tx } from '../postgres.ts'
import { packWhole } from './axis.ts'
import { writeStats } from './chunk-stats.ts'
import { type Chunk, lastNumbers } from './chunks.ts'
import type { Axis, Part } from './pack.ts'
import type { StoredSeries } from './series-rows.ts'
import { writeRuns } from './writer-runs.ts'

/** Takes the chunks away that were packed again, and axes that no chunk names any more. */
export async function deleteChunks(
  { sql }: Tx,
  run: number,
  series: StoredSeries[],
  before: Map<number, Chunk[]>,
): Promise<void> {
  const chunks = [...before.values()].flat()
  if (chunks.length === 0) return
  const generations = new Map(series.map(row => [row.series, row.generation]))
  await sql.query(
    `DELETE FROM metric_chunk c USING unnest($2::int[], $3::int[], $4::int[]) AS d (series, generation, no)
     WHERE c.run = $1 AND c.series = d.series AND c.generation = d.generation AND c.no = d.no`,
    [run, chunks.map(c => c.series), chunks.map(c => generations.get(c.series)), chunks.map(c => c.no)],
  )
  await sql.query(
    `DELETE FROM metric_axis a WHERE a.run = $1 AND a.axis = ANY ($2::bigint[])
     AND NOT EXISTS (SELECT FROM metric_chunk c WHERE c.run = $1 AND c.axis = a.axis)`,
    [run, [...new Set(chunks.map(chunk => chunk.axis))]],
  )
}

/** Bytes of many rows as one binary parameter, cut in the database by (from 1, length). */
class Blob {
  readonly #parts: Uint8Array[] = []
  #at = 1

  add(bytes: Uint8Array): [at: number, length: number] {
    this.#parts.push(bytes)
    this.#at += bytes.length
    return [this.#at - bytes.length, bytes.length]
  }

  all(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

export async function insertParts(tx: Tx, workspaceId: string, run: number, parts: Part[]): Promise<void> {
  const axes = await insertAxes(tx, workspaceId, run, [...new Set(parts.map(part => part.axis))])
  const ids = [...new Map(parts.map(({ series, generation }) => [series, { run, series, generation }])).values()]
  const last = await lastNumbers(tx.sql, ids)
  const blob = new Blob()
  const rows = parts.map(part => {
    const { stepMin, stepMax, timeMin, timeMax, sorted } = part.axis
    const bytes = [writeRuns(part.writers), part.packed.body, writeStats(part.stats), part.pyramid ?? Buffer.alloc(0)]
    return [
      part.series,
      part.generation,
      (last.get(part.series) ?? -1) + 1 + part.place,
      part.n,
      sorted,
      stepMin,
      stepMax,
      timeMin,
      timeMax,
      axes.get(part.axis),
      part.cursorMax,
      part.packed.coding,
      ...bytes.flatMap(body => blob.add(body)),
    ]
  })
  const column = (i: number) => rows.map(row => row[i])
  const cut = (name: string) => `substring($23::bytea FROM p.${name}_at FOR p.${name}_length)`
  await tx.sql.query(
    `INSERT INTO metric_chunk (workspace_id, run, series, generation, no, n, sorted, step_min, step_max, time_min, time_max,
       axis, cursor_max, coding, writers, body, stats, pyramid)
     SELECT $1, $2, p.series, p.generation, p.no, p.n, p.sorted, p.step_min, p.step_max, p.time_min, p.time_max,
       p.axis, p.cursor_max, p.coding, ${cut('writers')}, ${cut('body')}, ${cut('stats')},
       CASE WHEN p.pyramid_length > 0 THEN ${cut('pyramid')} END
     FROM unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::bool[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
       $12::bigint[], $13::bigint[], $14::int[], $15::int[], $16::int[], $17::int[], $18::int[], $19::int[], $20::int[], $21::int[], $22::int[])
       AS p (series, generation, no, n, sorted, step_min, step_max, time_min, time_max, axis, cursor_max, coding,
         writers_at, writers_length, body_at, body_length, stats_at, stats_length, pyramid_at, pyramid_length)`,
    [workspaceId, run, ...Array.from({ length: 20 }, (_, i) => column(i)), blob.all()],
  )
}

async function insertAxes({ sql }: Tx, workspaceId: string, run: number, axes: Axis[]): Promise<Map<Axis, number>> {
  const { rows } = await sql.query<{ last: string | null }>(
    'SELECT max(axis) AS last FROM metric_axis WHERE run = $1',
    [run],
  )
  const first = rows[0]?.last == null ? 0 : Number(rows[0].last) + 1
  const blob = new Blob()
  const cuts = axes.map(({ steps, times }) => [...blob.add(packWhole(steps)), ...blob.add(packWhole(times))])
  const column = (i: number) => cuts.map(cut => cut[i])
  await sql.query(
    `INSERT INTO metric_axis (workspace_id, run, axis, n, steps, times)
     SELECT $1, $2, a.axis, a.n, substring($9::bytea FROM a.steps_at FOR a.steps_length), substring($9::bytea FROM a.times_at FOR a.times_length)
     FROM unnest($3::bigint[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[])
       AS a (axis, n, steps_at, steps_length, times_at, times_length)`,
    [
      workspaceId,
      run,
      axes.map((_, i) => first + i),
      axes.map(axis => axis.steps.length),
      column(0),
      column(1),
      column(2),
      column(3),
      blob.all(),
    ],
  )
  return new Map(axes.map((axis, i) => [axis, first + i]))
}
