import type { Actor } from '../../actor.ts'
import { concerns, onEnded } from '../../domain/access/index.ts'
import { standingSessions } from '../../domain/accounts/index.ts'
import { standingKeys } from '../../domain/keys/index.ts'
import type { House } from '../../house.ts'

type Knowing = Pick<House, 'db' | 'log'>

interface Watch {
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
  const { watches, wake } = watchesOf(house)
  const stop = () => watches.delete(watch)
  const watch: Watch = {
    actor,
    end() {
      if (stop()) onEnd()
    },
  }
  watches.add(watch)
  wake()
  return stop
}

interface Watches {
  watches: Set<Watch>
  wake(): void
}

const ofHouses = new WeakMap<Knowing, Watches>()

function watchesOf(house: Knowing): Watches {
  const found = ofHouses.get(house)
  if (found) return found
  const watches = new Set<Watch>()
  let timer: NodeJS.Timeout | undefined
  onEnded(ended => {
    for (const watch of [...watches]) if (concerns(ended, watch.actor)) watch.end()
  })
  const round = async () => {
    await sweep(house, [...watches]).catch(error => house.log.error({ error }, 'open sockets could not be checked'))
    timer = undefined
    wake()
  }
  const wake = () => {
    if (timer || watches.size === 0) return
    timer = setTimeout(round, sweepEvery)
    timer.unref()
  }
  const made = { watches, wake }
  ofHouses.set(house, made)
  return made
}

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
