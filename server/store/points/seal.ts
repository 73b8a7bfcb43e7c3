import type { Tx } from '../postgres.ts'
import { type Chunk, type ChunkRow, listTrailing, loadChunks, type SeriesId } from './chunks.ts'
import { type Gathered, gather, loadFrames } from './gather.ts'
import { growSpans } from './grow-spans.ts'
import { seriesName } from './labels.ts'
import { CHUNK_POINTS, chunksToMerge } from './merge.ts'
import { type Part, packParts } from './pack.ts'
import { deleteChunks, insertParts } from './seal-write.ts'
import { listSeries, type StoredSeries } from './series-rows.ts'
import { updateStatistics } from './statistics.ts'

export interface Sealed {
  /** Everything up to this cursor is in chunks. */
  upto: number
  frames: number
  /** Of those frames. */
  bytes: number
  points: number
  /** More frames wait than this call took. */
  more: boolean
}

export const SEAL_LOCK = 0x5ea1

/**
 * Takes frames of a run out of level 0, in order of commit, up to about `bytesMax`, and keeps their points as chunks, all in
 * the one transaction it is given: a crash leaves either the frames or the chunks. Small chunks at a series' end are packed
 * again together with the new points. Undefined where another process is sealing this run.
 */
export async function sealRun(tx: Tx, run: number, bytesMax = 8 << 20): Promise<Sealed | undefined> {
  const { sql } = tx
  const lock = await sql.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1::int, $2::int) AS ours', [
    SEAL_LOCK,
    run % 0x7fffffff,
  ])
  if (!lock.rows[0]?.ours) return undefined
  const span = await spanOf(tx, run, bytesMax)
  if (!span) return { upto: 0, frames: 0, bytes: 0, points: 0, more: false }
  const frames = await loadFrames(sql, run, span.from, span.upto)
  const gathered = gather(frames)
  const rows = await listSeries(sql, [run], [...new Set([...gathered.values()].map(({ key }) => key))])
  const series = rows.filter(row => gathered.has(seriesName(row.key, row.labelSet)))
  if (series.length !== gathered.size)
    throw new Error(`run ${run}: ${gathered.size - series.length} series have no row`)

  const before = await trailing(tx, run, series, gathered)
  const parts = packParts(series, gathered, before)
  await deleteChunks(tx, run, series, before)
  await insertParts(tx, span.workspaceId, run, parts)
  const filled = parts.filter(({ n }) => n >= CHUNK_POINTS).map(part => part.series)
  await growSpans(tx, span.workspaceId, run, [...new Set(filled)])
  await updateStatistics(tx, run, series, gathered, span.upto)
  await sql.query('DELETE FROM metric_frame WHERE run = $1 AND cursor <= $2', [run, span.upto])
  // Last, so that the head is locked for the commit alone: group commits of this run wait for it.
  await sql.query('UPDATE metric_head SET sealed = $2 WHERE run = $1', [run, span.upto])
  return { upto: span.upto, frames: frames.length, bytes: span.bytes, points: pointsOf(parts, before), more: span.more }
}

async function spanOf({ sql }: Tx, run: number, bytesMax: number) {
  const { rows } = await sql.query<{ workspace_id: string; sealed: string; cursor: string; bytes: string }>(
    `SELECT h.workspace_id, h.sealed, f.cursor, sum(octet_length(f.body)) AS bytes
     FROM metric_head h JOIN metric_frame f ON f.run = h.run AND f.cursor > h.sealed AND f.cursor <= h.cursor
     WHERE h.run = $1 GROUP BY h.workspace_id, h.sealed, f.cursor ORDER BY f.cursor`,
    [run],
  )
  const [first] = rows
  if (!first) return undefined
  let bytes = 0
  const past = rows.findIndex((row, i) => {
    bytes += Number(row.bytes)
    return i > 0 && bytes > bytesMax
  })
  const taken = past < 0 ? rows : rows.slice(0, past)
  return {
    workspaceId: first.workspace_id,
    from: Number(first.sealed),
    upto: Number((taken.at(-1) as (typeof rows)[0]).cursor),
    bytes: taken.reduce((sum, row) => sum + Number(row.bytes), 0),
    more: past >= 0,
  }
}

/** Chunks at the end of each series that are small beside what is new, in order of commit. */
async function trailing(
  { sql }: Tx,
  run: number,
  series: StoredSeries[],
  gathered: Map<string, Gathered>,
): Promise<Map<number, Chunk[]>> {
  const ids: SeriesId[] = series.map(({ series: id, generation }) => ({ run, series: id, generation }))
  const small = new Map<number, ChunkRow[]>()
  for (const row of await listTrailing(sql, ids)) small.set(row.series, [...(small.get(row.series) ?? []), row])
  const merged = series.flatMap(row => {
    const fresh = gathered.get(seriesName(row.key, row.labelSet))?.stretches ?? []
    const points = fresh.reduce((sum, { steps }) => sum + steps.length, 0)
    return chunksToMerge(small.get(row.series) ?? [], points)
  })
  const generations = new Map(series.map(row => [row.series, row.generation]))
  const chunks = await loadChunks(sql, run, id => generations.get(id) ?? 0, merged)
  const before = new Map<number, Chunk[]>()
  for (const chunk of chunks) before.set(chunk.series, [...(before.get(chunk.series) ?? []), chunk])
  return before
}

function pointsOf(parts: Part[], before: Map<number, Chunk[]>): number {
  const again = [...before.values()].flat().reduce((sum, { n }) => sum + n, 0)
  return parts.reduce((sum, part) => sum + part.n, 0) - again
}
