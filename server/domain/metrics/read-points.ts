import type { Ctx } from '../../context.ts'
import type { Labels } from '../../store/points.ts'
import { type RunRef, requireRun } from '../access/index.ts'
import { pointsOf } from './points-of.ts'

/** Every point of one series, in order of commit. */
export interface SeriesPoints {
  key: string
  labels: Labels
  steps: Float64Array
  times: Float64Array
  values: Float64Array
  /** Whose points these are, in runs of consecutive ones: 32 hex digits each. */
  writers: { writer: string; count: number }[]
}

export interface PointsQuestion {
  /** Undefined: all. */
  keys?: string[] | undefined
  labels?: Labels | undefined
}

/** Every point, revised ones too, of a run's series, one key after the other. */
export async function readPoints(
  ctx: Ctx,
  ref: RunRef,
  { keys, labels }: PointsQuestion,
): Promise<AsyncGenerator<SeriesPoints[]>> {
  const { run, workspaceId } = await requireRun(ctx, ref, 'run.read')
  const number = Number(run)
  const points = pointsOf(ctx.db)
  const known = await points.readStats([workspaceId], { runs: [number], keys, labels })
  const names = keys ?? [...new Set(known.map(({ row }) => row.key))]
  const writers = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.metricWriter.findMany({ where: { run }, select: { no: true, writer: true } }),
  )
  const ids = new Map(writers.map(({ no, writer }) => [no, Buffer.from(writer).toString('hex')]))

  async function* read(): AsyncGenerator<SeriesPoints[]> {
    for (const key of names) {
      const whole = await points.readAll([workspaceId], { runs: [number], keys: [key], labels })
      yield whole.map(({ row, points: columns, writers: runs }) => ({
        key,
        labels: row.labels,
        ...columns,
        writers: runs.map(({ writer, count }) => ({ writer: ids.get(writer) ?? '', count })),
      }))
    }
  }
  return read()
}
