import type { Tx } from '../postgres.ts'
import { around, isOrderly, type Outline, type Window } from './choose.ts'
import { type ChunkRow, listChunks } from './chunks.ts'
import type { StoredSeries } from './series-rows.ts'
import type { SeriesPicture } from './snapshot.ts'
import { listSpans, type SpanRow } from './spans.ts'

type Late = Omit<SeriesPicture, 'chunks'>

const INT_MAX = 0x7fffffff
const name = ({ run, series }: { run: number; series: number }) => `${run} ${series}`

/** Spans of these series and the chunks behind them: a few rows however long a series is. */
export async function takeOutlines({ sql }: Tx, list: Late[]): Promise<(Late & Outline)[]> {
  if (list.length === 0) return []
  const rows = list.map(({ row }) => row)
  const spans = Map.groupBy(await listSpans(sql, rows), name)
  const behind = rows.map(row => [spans.get(name(row))?.at(-1)?.lastNo ?? -1, INT_MAX] as const)
  const chunks = Map.groupBy(await listChunks(sql, rows, behind), name)
  return list.map(one => ({ ...one, spans: spans.get(name(one.row)) ?? [], chunks: chunks.get(name(one.row)) ?? [] }))
}

/** What of a series has points of a window, with the neighbours of the window. */
export interface Chosen {
  spans: SpanRow[]
  chunks: ChunkRow[]
  n: number
  orderly: boolean
}

/** By time only where nothing is revised: a point outside a window of time may revise one inside. */
export function choose(outline: Outline, by: 'step' | 'time', window: Window | null): Chosen {
  const orderly = isOrderly(outline)
  const all = !window || (by === 'time' && !orderly)
  const wanted = all ? () => true : around([...outline.spans, ...outline.chunks], by, window)
  const spans = outline.spans.filter(wanted)
  const chunks = outline.chunks.filter(wanted)
  const n = [...spans, ...chunks].reduce((sum, one) => sum + one.n, 0)
  return { spans, chunks, n, orderly }
}

/** The chunks of these spans, by the span's number. */
export async function chunksOfSpans(
  { sql }: Tx,
  row: StoredSeries,
  spans: SpanRow[],
): Promise<Map<number, ChunkRow[]>> {
  const listed = await listChunks(
    sql,
    spans.map(() => row),
    spans.map(({ firstNo, lastNo }) => [firstNo - 1, lastNo]),
  )
  return new Map(spans.map(({ no, firstNo, lastNo }) => [no, listed.filter(c => c.no >= firstNo && c.no <= lastNo)]))
}

/** Chunks alone: those of the window among the chunks of the spans, and those behind them. */
export async function chosenChunks(
  tx: Tx,
  row: StoredSeries,
  { spans, chunks, orderly }: Chosen,
  by: 'step' | 'time',
  window: Window | null,
): Promise<ChunkRow[]> {
  const all = [...(await chunksOfSpans(tx, row, spans)).values(), chunks].flat()
  return !window || (by === 'time' && !orderly) ? all : all.filter(around(all, by, window))
}
