import type { Log } from '../../log.ts'
import { startSealing } from '../../store/points.ts'
import type { Database } from '../../store/postgres.ts'
import { onCommitted } from './points-of.ts'

/** In the background of a server: seals what is committed. */
export function keepPoints({ db, log }: { db: Database; log: Log }): { stop(): Promise<void> } {
  const sealing = startSealing(db.urls, log)
  const silence = onCommitted(bells => sealing.note(bells))
  return {
    stop() {
      silence()
      return sealing.stop()
    },
  }
}
