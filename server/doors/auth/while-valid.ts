import type { Actor } from '../../actor.ts'
import { concerns, type Ended, onEnded } from '../../domain/access/index.ts'
import { standingSessions } from '../../domain/accounts/index.ts'
import { standingKeys } from '../../domain/keys/index.ts'
import type { House } from '../../house.ts'
import { once } from '../../store/once.ts'

type Knowing = Pick<House, 'db' | 'log'>

interface Watch {
  house: Knowing
  actor: Actor
  end(): void
}

/** Sockets hear of an end on the bus; what another process ended (the command line, another node), this finds out. */
const sweepEvery = 3_000

/**
 * Calls `onEnd` once, when the session or key that opened a socket ends, expires, or loses its place in a workspace.
 * Returns the function that stops watching.
 */
export function whileValid(house: Knowing, actor: Actor, onEnd: () => void): () => void {
  const { watches, wake } = registry()
  const stop = () => watches.delete(watch)
  const watch: Watch = {
    house,
    actor,
    end() {
      if (stop()) onEnd()
    },
  }
  watches.add(watch)
  wake()
  return stop
}

const registry = () =>
  once('auth.watches', () => {
    const watches = new Set<Watch>()
    let timer: NodeJS.Timeout | undefined
    onEnded((ended: Ended) => {
      for (const watch of [...watches]) if (concerns(ended, watch.actor)) watch.end()
    })
    const round = async () => {
      for (const [house, watched] of Map.groupBy(watches, watch => watch.house))
        await sweep(house, watched).catch(error => house.log.error({ error }, 'open sockets could not be checked'))
      timer = undefined
      wake()
    }
    const wake = () => {
      if (timer || watches.size === 0) return
      timer = setTimeout(round, sweepEvery)
      timer.unref()
    }
    return { watches, wake }
  })

/** Two questions for all open sockets together. */
async function sweep(house: Knowing, watched: readonly Watch[]): Promise<void> {
  const sessions = watched.flatMap(({ actor }) => (actor.kind === 'member' && actor.sessionId ? [actor.sessionId] : []))
  const keys = watched.flatMap(({ actor }) => (actor.kind === 'key' ? [actor.keyId] : []))
  const [standing, valid] = await Promise.all([
    sessions.length ? standingSessions(house, [...new Set(sessions)]) : new Set(),
    keys.length ? standingKeys(house, [...new Set(keys)]) : new Set(),
  ])
  for (const { actor, end } of watched) {
    if (actor.kind === 'key' && !valid.has(actor.keyId)) end()
    if (actor.kind === 'member' && actor.sessionId && !standing.has(actor.sessionId)) end()
  }
}
