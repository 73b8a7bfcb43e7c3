import type { z } from 'zod'
import type { Run } from '../../../prisma/generated/client.ts'
import { type AnswerPart, type SeriesPanel, seriesQuestion } from '../../../protocol/series.schema.ts'
import type { Ctx } from '../../context.ts'
import { isDomainError } from '../../errors.ts'
import type { PanelAnswer, SeriesAnswer, SeriesStats } from '../../store/points.ts'
import { requireRuns } from '../access/index.ts'
import { pointsOf } from './points-of.ts'

export { seriesQuestion }
export type SeriesQuestion = z.output<typeof seriesQuestion>

/** A part of the answer (protocol/series.md): its words, and, of a series, its points. */
export interface Part {
  json: AnswerPart
  points?: { steps: Float64Array; times: Float64Array; values: Float64Array }
}

/** Asks for the rights to all its runs before the first part. */
export async function readSeries(ctx: Ctx, question: SeriesQuestion): Promise<AsyncGenerator<Part>> {
  const numbers = [...new Set(question.panels.flatMap(({ runs }) => runs))]
  const rows = numbers.length > 0 ? await requireRuns(ctx, numbers.map(BigInt), 'run.read') : []
  return answer(ctx, question, new Map(rows.map(row => [String(row.run), row])))
}

async function* answer(ctx: Ctx, { panels }: SeriesQuestion, runs: Map<string, Run>): AsyncGenerator<Part> {
  for (const panel of panels) {
    try {
      yield* panelParts(panel, await ask(ctx, panel, runs))
    } catch (error) {
      ctx.log.error({ error }, 'a panel could not be read')
      const { code, message } = isDomainError(error)
        ? error
        : { code: 'INTERNAL', message: 'This panel could not be read' }
      yield { json: { part: 'error', id: panel.id, code, message } }
    }
  }
}

function ask(
  ctx: Ctx,
  { runs: numbers, keys, labels, x, window, width, held }: SeriesPanel,
  runs: Map<string, Run>,
): Promise<PanelAnswer> {
  const rows = numbers.map(number => runs.get(number) as Run)
  return pointsOf(ctx.db).readPanel([...new Set(rows.map(({ workspaceId }) => workspaceId))], {
    starts: new Map(rows.map(({ run, startedAt }) => [Number(run), startedAt.getTime()])),
    keys,
    labels,
    x,
    window: window ?? null,
    width,
    held: (held ?? []).map(one => ({ ...one, run: Number(one.run) })),
  })
}

function* panelParts({ id, runs }: SeriesPanel, { starts, heads, series }: PanelAnswer): Generator<Part> {
  for (const one of series) yield { json: seriesPart(id, starts.get(one.row.run) ?? 0, one), points: one.points }
  const cursors = runs.map(run => {
    const { epoch, cursor } = heads.get(Number(run)) ?? { epoch: 0, cursor: 0 }
    return { run, epoch, cursor }
  })
  yield { json: { part: 'end', id, runs: cursors } }
}

function seriesPart(
  id: string,
  start: number,
  { head, row, state, total, every, exact, domain, stats, points }: SeriesAnswer,
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
    n: points.steps.length,
    total,
    every,
    exact,
    domain: domain && [domain[0], domain[1]],
    start,
    stats: toldStats(stats),
  }
}

function toldStats({ sum, first, last, min, max, ...rest }: SeriesStats) {
  const at = (place: SeriesStats['first']) => place && { step: place.step, value: real(place.value) }
  return { ...rest, sum: real(sum), first: at(first), last: at(last), min: at(min), max: at(max) }
}

type Real = number | 'NaN' | 'Infinity' | '-Infinity'

const real = (value: number): Real => (Number.isFinite(value) ? value : (String(value) as Real))
