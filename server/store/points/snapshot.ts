import type { Database, Tx } from '../postgres.ts'
import { type ChunkRow, listChunks } from './chunks.ts'
import { type Gathered, gather, loadFrames } from './gather.ts'
import { type Labels, seriesName } from './labels.ts'
import { listSeries, type StoredSeries } from './series-rows.ts'
import type { Tail } from './tail.ts'

export interface Head {
  workspaceId: string
  run: number
  epoch: number
  cursor: number
  sealed: number
}

/** A series as one picture of the database shows it: its chunks, and behind them what is still in frames. */
export interface SeriesPicture {
  head: Head
  row: StoredSeries
  chunks: ChunkRow[]
  late: Gathered['stretches']
}

export interface Snapshot {
  heads: Map<number, Head>
  series: SeriesPicture[]
}

export interface Question {
  runs: number[]
  /** Undefined: all keys. */
  keys?: string[] | undefined
  /** Series that carry all of these; undefined: all series of the keys. */
  labels?: Labels | undefined
}

/** A partition of the ring was emptied after this transaction's picture was taken (TRUNCATE is not seen by pictures): read again. */
export class RingTurned extends Error {
  override readonly name = 'RingTurned'
}

/** One picture of the database; taken again where the ring turned under it. */
export async function pictureOf<T>(db: Database, workspaceIds: string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.inWorkspace(workspaceIds, work, { repeatableRead: true })
    } catch (error) {
      if (!(error instanceof RingTurned) || attempt === 3) throw error
    }
  }
}

/** More points than this are unpacked in a thread of their own: 100,000 take about 4 ms. */
export const LARGE = 100_000

/** Thrown, where a limit is given, before the points are fetched. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/** Reads heads, series and what lies in frames in one REPEATABLE READ transaction: never a gap, never a double. */
export async function takeSnapshot(tx: Tx, tail: Tail | undefined, question: Question): Promise<Snapshot> {
  const { heads, series } = await takeLate(tx, tail, question)
  const rows = series.map(({ row }) => row)
  const chunks = new Map<string, ChunkRow[]>()
  for (const chunk of await listChunks(tx.sql, rows)) {
    const name = `${chunk.run} ${chunk.series}`
    const list = chunks.get(name)
    if (list) list.push(chunk)
    else chunks.set(name, [chunk])
  }
  return {
    heads,
    series: series.map(one => ({ ...one, chunks: chunks.get(`${one.row.run} ${one.row.series}`) ?? [] })),
  }
}

/** The same without chunks: what the rows of the series say, and what is still in frames. */
export async function takeLate(tx: Tx, tail: Tail | undefined, { runs, keys, labels }: Question) {
  const [heads, rows] = await Promise.all([readHeads(tx, runs), listSeries(tx.sql, runs, keys, labels)])
  const late = new Map<number, Map<string, Gathered>>()
  for (const head of heads.values()) late.set(head.run, gather(await framesBehind(tx, tail, head), keys))
  const series: Omit<SeriesPicture, 'chunks'>[] = rows.map(row => ({
    head: heads.get(row.run) as Head,
    row,
    late: late.get(row.run)?.get(seriesName(row.key, row.labelSet))?.stretches ?? [],
  }))
  return { heads, series }
}

export async function readHeads({ sql }: Tx, runs: number[]): Promise<Map<number, Head>> {
  const { rows } = await sql.query<{
    workspace_id: string
    run: string
    epoch: number
    cursor: string
    sealed: string
  }>('SELECT workspace_id, run, epoch, cursor, sealed FROM metric_head WHERE run = ANY ($1::bigint[])', [runs])
  return new Map(
    rows.map(raw => {
      const head = {
        workspaceId: raw.workspace_id,
        run: Number(raw.run),
        epoch: raw.epoch,
        cursor: Number(raw.cursor),
        sealed: Number(raw.sealed),
      }
      return [head.run, head]
    }),
  )
}

/** Frames not in chunks yet: from memory where all are there. Every cursor has a frame, so a missing one is noticed. */
async function framesBehind({ sql }: Tx, tail: Tail | undefined, { run, epoch, cursor, sealed }: Head) {
  const held = tail?.between(run, epoch, sealed, cursor)
  if (held) return held
  const frames = await loadFrames(sql, run, sealed, cursor)
  if (new Set(frames.map(frame => frame.cursor)).size !== cursor - sealed) throw new RingTurned(`run ${run}`)
  return frames
}
