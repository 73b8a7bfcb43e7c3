import { log } from '../../log.ts'
import { pointsKept } from '../../prometheus.ts'
import { bus } from '../../store/bus.ts'
import { once } from '../../store/once.ts'
import { type Doorbell, Points } from '../../store/points.ts'
import type { Database } from '../../store/postgres.ts'

const topic = 'points.committed'

/** The points of this process: what is being committed and what is held in memory exist once. */
export function pointsOf(db: Database): Points {
  const all = once('points', () => new WeakMap<Database, Points>())
  const found = all.get(db)
  if (found) return found
  const made = new Points(db, log(), bells => {
    pointsKept().inc(bells.reduce((sum, { points }) => sum + points, 0))
    bus().publish(topic, bells)
  })
  all.set(db, made)
  return made
}

/** Points of these runs were committed. */
export const onCommitted = (listener: (bells: Doorbell[]) => void) => bus().subscribe(topic, listener)
