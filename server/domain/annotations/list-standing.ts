import type { Annotation } from '../../../prisma/generated/client.ts'
import type { Tx } from '../../store/postgres.ts'

/** Those of a project, the oldest first, without those whose runs have all been deleted. */
export async function listStanding(
  { prisma }: Tx,
  place: { workspaceId: string; projectId: string },
): Promise<Annotation[]> {
  const rows = await prisma.annotation.findMany({ where: place, orderBy: { createdAt: 'asc' } })
  const named = [...new Set(rows.flatMap(({ runs }) => runs))]
  const left = await prisma.run.findMany({
    where: { ...place, run: { in: named }, deletedAt: null },
    select: { run: true },
  })
  const there = new Set(left.map(({ run }) => run))
  return rows.filter(({ runs }) => runs.length === 0 || runs.some(run => there.has(run)))
}
