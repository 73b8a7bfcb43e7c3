import { decodeFrame } from '../../../protocol/frame.ts'
import type { Sql } from '../postgres.ts'
import { type Labels, labelSetOf, seriesName } from './labels.ts'
import { TailFrame, type WriterRef } from './tail.ts'

/** The writers of a run by their small numbers. */
export async function listWriters(sql: Sql, run: number): Promise<Map<number, WriterRef>> {
  const { rows } = await sql.query<{ no: number; labels: Labels; kind: string }>(
    'SELECT no, labels, kind FROM metric_writer WHERE run = $1',
    [run],
  )
  return new Map(rows.map(({ no, labels, kind }) => [no, { no, labels, labelSet: labelSetOf(labels), kind }]))
}

/** The frames of a run with cursors in (from, to], unpacked, in order of commit. */
export async function loadFrames(sql: Sql, run: number, from: number, to: number): Promise<TailFrame[]> {
  const { rows } = await sql.query<{ cursor: string; no: number; writer: number; first_seq: string; body: Buffer }>(
    `SELECT cursor, no, writer, first_seq, body FROM metric_frame
     WHERE run = $1 AND cursor > $2 AND cursor <= $3 ORDER BY cursor, no`,
    [run, from, to],
  )
  if (rows.length === 0) return []
  const writers = await listWriters(sql, run)
  return rows.map(({ cursor, no, writer, first_seq, body }) => {
    const ref = writers.get(writer)
    if (!ref) throw new Error(`run ${run}: no writer ${writer}`)
    return new TailFrame(Number(cursor), no, ref, Number(first_seq), decodeFrame(body))
  })
}

/** A stretch of points of one series; stretches of other series with the same `axis` have the same steps and times. */
export interface Stretch {
  axis: string
  cursor: number
  writer: number
  steps: Float64Array
  times: Float64Array
  values: Float64Array
}

export interface Gathered {
  key: string
  labelSet: string
  stretches: Stretch[]
}

/** The points of frames by series, each in order of commit; of all keys, or of these. */
export function gather(frames: TailFrame[], keys?: readonly string[]): Map<string, Gathered> {
  const series = new Map<string, Gathered>()
  for (const { cursor, no, writer, pieces } of frames)
    for (const key of keys ?? pieces.keys()) {
      const piece = pieces.get(key)
      if (!piece) continue
      const name = seriesName(key, writer.labelSet)
      const { steps, times, values } = piece
      const stretch = { axis: `${cursor}.${no}.${piece.axis}`, cursor, writer: writer.no, steps, times, values }
      const found = series.get(name)
      if (found) found.stretches.push(stretch)
      else series.set(name, { key, labelSet: writer.labelSet, stretches: [stretch] })
    }
  return series
}
