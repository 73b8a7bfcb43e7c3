import { z } from 'zod'
import type { Annotation } from '../../../prisma/generated/client.ts'
import type { Ctx } from '../../context.ts'
import { can, type Place, runNumber } from '../access/index.ts'
import { metricKey } from '../metrics/index.ts'

export const annotationText = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .refine(text => !text.includes('\0') && text.isWellFormed(), { error: 'must be plain text' })

/** Where on which panels, and what is said. */
export const newAnnotation = z.strictObject({
  /** Absent: on all panels of the project. */
  key: metricKey.min(1).optional(),
  /** It stands where one of them is drawn. Absent: on every run of the project. */
  runs: z.array(runNumber).min(1).max(100).optional(),
  /** What `from` and `to` count: steps, ms since 1970 UTC, or ms since the start of a run. */
  axis: z.enum(['step', 'time', 'relative']),
  from: z.number(),
  /** Absent: a point. */
  to: z.number().optional(),
  text: annotationText,
})

export interface AnnotationRow {
  id: string
  key: string | null
  /** The server's own numbers, in decimal; none: on every run. */
  runs: string[]
  axis: string
  from: number
  to: number | null
  text: string
  /** The name of who wrote it; null when nobody is known. */
  author: string | null
  createdAt: Date
  editedAt: Date | null
  editable: boolean
}

/** An annotation as the asker sees it. */
export function rowOf(ctx: Ctx, place: Place, annotation: Annotation, author: string | null): AnnotationRow {
  const { id, key, runs, axis, from, to, text, createdById, createdAt, editedAt } = annotation
  const editable = can(ctx.actor, 'annotation.edit', { ...place, createdById })
  return { id, key, runs: runs.map(String), axis, from, to, text, author, createdAt, editedAt, editable }
}
