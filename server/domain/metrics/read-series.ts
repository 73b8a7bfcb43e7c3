import type { z } from 'zod'
import { toJsonReal } from '../../../protocol/json-real.ts'
import { type AnswerPart, type SeriesPanel, seriesQuestion } from '../../../protocol/series.schema.ts'
import type { Ctx } from '../../context.ts'
import { isDomainError } from '../../errors.ts'
import type { PanelAnswer, SeriesAnswer, SeriesStats } from '../../store/points.ts'
import { type NumberedRun, requireRuns } from '../access/index.ts'
import { pointsOf } from './points-of.ts'

export { seriesQuestion }
export type SeriesQuestion = z.output<typeof seriesQuestion>

/** A part of the answer (protocol/series.md): its words, and, of a series, its columns. */
export interface Part {
  json: AnswerPart
  columns: Uint8Array
}

/** Panels that are read while the one before them is taken. */
const AHEAD = 3

/** Asks for the rights to all its runs before the first part. Ends, and leaves what it is reading, once `signal` says so. */
export async function readSeries(
  ctx: Ctx,
  question: SeriesQuestion,
  signal?: AbortSignal,
): Promise<AsyncGenerator<Part>> {
  const numbers = [...new Set(question.panels.flatMap(({ runs }) => runs))]
  const rows = numbers.length > 0 ? await requireRuns(ctx, numbers.map(BigInt), 'run.read') : []
  const byNumber = new Map(rows.map(row => [String(row.run), row]))
  return answer(question.panels, panel => partsOf(ctx, panel, byNumber, signal), signal)
}

/** Panels in turn; the next few are read meanwhile, so that neither the database nor the asker waits for the other. */
async function* answer(
  panels: SeriesPanel[],
  read: (panel: SeriesPanel) => Promise<Part[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Part> {
  const reading: Promise<Part[]>[] = []
  for (let next = 0; next < panels.length || reading.length > 0; ) {
    while (next < panels.length && reading.length < AHEAD && !signal?.aborted)
      reading.push(read(panels[next++] as SeriesPanel))
    const parts = await reading.shift()
    if (signal?.aborted || !parts) return
    yield* parts
  }
}

const nothing = new Uint8Array(0)

/** Never rejects. */
async function partsOf(
  ctx: Ctx,
  panel: SeriesPanel,
  runs: Map<string, NumberedRun>,
  signal: AbortSignal | undefined,
): Promise<Part[]> {
  try {
    return [...panelParts(panel, await ask(ctx, panel, runs, signal))]
  } catch (error) {
    if (!signal?.aborted && !isDomainError(error)) ctx.log.error({ error }, 'a panel could not be read')
    const { code, message } = isDomainError(error)
      ? error
      : { code: 'INTERNAL', message: 'This panel could not be read' }
    return [{ json: { part: 'error', id: panel.id, code, message }, columns: nothing }]
  }
}

function ask(
  ctx: Ctx,
  { runs: numbers, keys, labels, x, window, width, detail, held }: SeriesPanel,
  runs: Map<string, NumberedRun>,
  signal: AbortSignal | undefined,
): Promise<PanelAnswer> {
  const rows = numbers.map(number => runs.get(number) as NumberedRun)
  const question = {
    starts: new Map(rows.map(({ run, startedAt }) => [Number(run), startedAt.getTime()])),
    keys,
    labels,
    x,
    window: window ?? null,
    width,
    detail,
    held: (held ?? []).map(one => ({ ...one, run: Number(one.run) })),
  }
  return pointsOf(ctx.db).readPanel([...new Set(rows.map(({ workspaceId }) => workspaceId))], question, signal)
}

function* panelParts({ id, runs }: SeriesPanel, { starts, heads, series }: PanelAnswer): Generator<Part> {
  for (const one of series) yield { json: seriesPart(id, starts.get(one.row.run) ?? 0, one), columns: one.body }
  const cursors = runs.map(run => {
    const { epoch, cursor } = heads.get(Number(run)) ?? { epoch: 0, cursor: 0 }
    return { run, epoch, cursor }
  })
  yield { json: { part: 'end', id, runs: cursors }, columns: nothing }
}

function seriesPart(
  id: string,
  start: number,
  { head, row, state, n, total, every, exact, hasXs, cut, domain, stats }: SeriesAnswer,
): AnswerPart {
  const { key, labels, kind, generation } = row
  return {
    part: 'series',
    id,
    run: String(row.run),
    key,
    labels,
    kind: kind === 'telemetry' ? 'telemetry' : 'user',
    epoch: head.epoch,
    generation,
    cursor: head.cursor,
    state,
    n,
    total,
    every,
    exact,
    xs: hasXs,
    cut,
    domain: domain && [domain[0], domain[1]],
    start,
    stats: toldStats(stats),
  }
}

function toldStats({ sum, first, last, min, max, ...rest }: SeriesStats) {
  const at = (place: SeriesStats['first']) => place && { step: place.step, value: toJsonReal(place.value) }
  return { ...rest, sum: toJsonReal(sum), first: at(first), last: at(last), min: at(min), max: at(max) }
}
