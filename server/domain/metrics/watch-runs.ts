import type { Ctx } from '../../context.ts'
import { requireRuns } from '../access/index.ts'
import { pointsOf } from './points-of.ts'

export interface Watched {
  run: number
  epoch: number
  cursor: number
}

/** Where these runs stand; all of them, or NOT_FOUND. */
export async function watchRuns(ctx: Ctx, numbers: bigint[]): Promise<Watched[]> {
  if (numbers.length === 0) return []
  const rows = await requireRuns(ctx, numbers, 'run.read')
  const heads = await pointsOf(ctx.db).readHeads([...new Set(rows.map(row => row.workspaceId))], numbers.map(Number))
  return numbers.map(number => {
    const { epoch, cursor } = heads.get(Number(number)) ?? { epoch: 0, cursor: 0 }
    return { run: Number(number), epoch, cursor }
  })
}
