import { z } from 'zod'
import { nonFiniteWords } from './json-real.ts'

/** The forms of series.md: the question of a reader, and the JSON of each part of the answer. */

/** PostgreSQL's text holds no NUL: nothing was ever stored under a name with one. */
const name = (most: number) =>
  z
    .string()
    .max(most)
    .refine(text => !text.includes('\0'), 'holds a NUL')
const labels = z.record(name(200), name(200))
const run = z.string().regex(/^\d{1,18}$/)
const count = z.int().min(0)
/** A float64 as JSON can carry it. */
const real = z.union([z.number(), z.enum(nonFiniteWords)])

export const seriesHeld = z.object({ run, key: z.string(), labels, epoch: count, generation: count, cursor: count })

export const seriesPanel = z.object({
  id: z.string().max(100),
  runs: z.array(run).max(1000),
  keys: z.array(name(1024).min(1)).max(1000),
  labels: labels.optional(),
  x: z
    .union([
      z.enum(['step', 'time', 'relative']),
      z.strictObject({ key: name(1024).min(1), align: z.enum(['exact', 'last', 'line']) }),
    ])
    .default('step'),
  window: z
    .tuple([z.number(), z.number()])
    .refine(([from, to]) => from <= to, { error: 'a window ends before it begins' })
    .nullish(),
  width: z.int().min(1).max(16_384),
  detail: z.enum(['exact', 'overview']).optional(),
  held: z.array(seriesHeld).max(10_000).optional(),
})

export const seriesQuestion = z.object({ panels: z.array(seriesPanel).min(1).max(200) })

const at = z.object({ step: z.int(), value: real }).nullable()

export const seriesStats = z.object({
  count,
  nonFinite: count,
  sum: real,
  first: at,
  last: at,
  min: at,
  max: at,
  lastTime: z.int().nullable(),
})

export const seriesPart = z.object({
  part: z.literal('series'),
  id: z.string(),
  run,
  key: z.string(),
  labels,
  kind: z.enum(['user', 'telemetry']),
  epoch: count,
  generation: count,
  cursor: count,
  state: z.enum(['full', 'tail', 'same']),
  n: count,
  total: count,
  every: z.boolean(),
  exact: z.boolean(),
  xs: z.boolean(),
  cut: z.int().nullable(),
  domain: z.tuple([z.number(), z.number()]).nullable(),
  start: z.int(),
  stats: seriesStats,
})

export const endPart = z.object({
  part: z.literal('end'),
  id: z.string(),
  runs: z.array(z.object({ run, epoch: count, cursor: count })),
})

export const errorPart = z.object({ part: z.literal('error'), id: z.string(), code: z.string(), message: z.string() })

export const answerPart = z.discriminatedUnion('part', [seriesPart, endPart, errorPart])

export type SeriesQuestion = z.input<typeof seriesQuestion>
export type SeriesPanel = z.output<typeof seriesPanel>
export type SeriesHeld = z.output<typeof seriesHeld>
export type SeriesStats = z.output<typeof seriesStats>
export type SeriesPart = z.output<typeof seriesPart>
export type EndPart = z.output<typeof endPart>
export type AnswerPart = z.output<typeof answerPart>
