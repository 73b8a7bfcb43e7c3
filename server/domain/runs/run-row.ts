import type { Run } from '../../../prisma/generated/client.ts'
import type { Tx } from '../../store/postgres.ts'

/** A run as lists show it. */
export type RunRow = Awaited<ReturnType<typeof toRows>>[number]

/** Columns of a row; the long ones stay where they are. */
export const rowColumns = {
  run: true,
  projectId: true,
  id: true,
  name: true,
  ordinal: true,
  state: true,
  stateReason: true,
  stateAt: true,
  group: true,
  jobType: true,
  tags: true,
  notes: true,
  refusedCount: true,
  exitCode: true,
  createdById: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  stopAsked: true,
} as const

type Columns = Pick<Run, keyof typeof rowColumns>

/** With the names of those who made them. */
export async function toRows(tx: Tx, runs: Columns[]) {
  const makers = [...new Set(runs.flatMap(({ createdById }) => createdById ?? []))]
  const people = await tx.prisma.user.findMany({ where: { id: { in: makers } }, select: { id: true, name: true } })
  return runs.map(({ run, projectId, createdById, refusedCount, ...row }) => ({
    ...row,
    /** The server's own number: what series and the live door are asked by. */
    run: String(run),
    projectId,
    refused: Number(refusedCount),
    createdBy: people.find(({ id }) => id === createdById) ?? null,
  }))
}
