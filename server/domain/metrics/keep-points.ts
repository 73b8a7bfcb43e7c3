import type { Log } from '../../log.ts'
import { type Doorbell, startSealing } from '../../store/points.ts'
import type { Database } from '../../store/postgres.ts'
import { announceChanged } from '../runs/index.ts'
import { onCommitted, pointsOf } from './points-of.ts'

interface Keeping {
  db: Database
  log: Log
}

/** In the background of a server: seals what is committed, and tells of keys that are new to a run. */
export function keepPoints({ db, log }: Keeping): { stop(): Promise<void> } {
  const sealing = startSealing(db.urls, log, word => pointsOf(db).toldOfSealing(word))
  const silence = onCommitted(bells => {
    sealing.note(bells)
    const grown = bells.filter(({ fresh }) => fresh)
    if (grown.length > 0) tellOfKeys(db, grown).catch(error => log.error({ error }, 'new keys were not told of'))
  })
  return {
    stop() {
      silence()
      return sealing.stop()
    },
  }
}

async function tellOfKeys(db: Database, bells: Doorbell[]): Promise<void> {
  const rows = await db.inWorkspace([...new Set(bells.map(({ workspaceId }) => workspaceId))], ({ prisma }) =>
    prisma.run.findMany({
      where: { run: { in: bells.map(({ run }) => BigInt(run)) } },
      select: { run: true, workspaceId: true, projectId: true },
    }),
  )
  for (const { run, workspaceId, projectId } of rows)
    announceChanged({ workspaceId, project: projectId, runs: [String(run)], what: 'run' })
}
