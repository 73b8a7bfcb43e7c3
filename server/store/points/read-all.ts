import type { Tx } from '../postgres.ts'
import { type Columns, loadChunks } from './chunks.ts'
import { joined } from './drawn.ts'
import type { StoredSeries } from './series-rows.ts'
import { type Question, TooLarge, takeSnapshot } from './snapshot.ts'
import type { Tail } from './tail.ts'
import { joinRuns, type WriterRun } from './writer-runs.ts'

/** Every point of a series, revised ones too, in order of commit (within a writer: in order of its journal). */
export interface WholeSeries {
  row: StoredSeries
  points: Columns
  writers: WriterRun[]
}

export async function readAll(
  tx: Tx,
  tail: Tail | undefined,
  question: Question,
  most = Number.POSITIVE_INFINITY,
): Promise<WholeSeries[]> {
  const { series } = await takeSnapshot(tx, tail, question)
  if (series.flatMap(({ chunks }) => chunks).reduce((sum, { n }) => sum + n, 0) > most) throw new TooLarge()
  const whole: WholeSeries[] = []
  for (const { row, chunks, late } of series) {
    const sealed = await loadChunks(tx.sql, row.run, () => row.generation, chunks)
    const lateRuns = late.map(({ writer, steps }) => ({ writer, count: steps.length }))
    whole.push({
      row,
      points: joined([...sealed, ...late]),
      writers: joinRuns([...sealed.flatMap(chunk => chunk.writers), ...lateRuns]),
    })
  }
  return whole
}
