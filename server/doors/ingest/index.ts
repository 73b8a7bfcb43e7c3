import type { Namespace, Socket } from 'socket.io'
import { handshakeAuth } from '../../../protocol/ingest.schema.ts'
import { INGEST_NAMESPACE, PROTOCOL_VERSION } from '../../../protocol/ingest.ts'
import type { Actor } from '../../actor.ts'
import { pointsOf } from '../../domain/metrics/index.ts'
import { isDomainError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { actorFromHandshake, whileValid } from '../auth/index.ts'
import type { Door } from '../mount.ts'
import { Agent } from './agent.ts'

/** Where agents deliver journals. */
export function openIngest(house: House): Door {
  const agents = new Set<Agent>()
  const room: Namespace = house.io.of(INGEST_NAMESPACE)
  room.use((socket, next) => {
    admit(house, socket).then(
      actor => {
        socket.data.actor = actor
        next()
      },
      error => next(refusal(house, error)),
    )
  })
  room.on('connection', socket => {
    const agent = new Agent(house, socket, socket.data.actor as Actor)
    agents.add(agent)
    const stop = whileValid(house, agent.actor, () => socket.disconnect(true))
    socket.on('disconnect', () => {
      stop()
      agents.delete(agent)
    })
  })
  return {
    name: 'ingest',
    async drain() {
      for (const agent of agents) agent.leave()
      await pointsOf(house.db).drained()
    },
  }
}

async function admit(house: House, socket: Socket): Promise<Actor> {
  const { auth, headers } = socket.handshake
  const spoken = handshakeAuth.safeParse(auth)
  if (!spoken.success) throw new Refused('INVALID', 'The handshake needs key, protocol and sdk')
  if (spoken.data.protocol !== PROTOCOL_VERSION)
    throw new Refused('UPGRADE', `This server speaks protocol ${PROTOCOL_VERSION}: install trackside 0.1 or newer`)
  return actorFromHandshake(house, { headers, auth })
}

class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What arrives at the agent as `connect_error`. */
function refusal(house: House, error: unknown): Error {
  const known = error instanceof Refused || isDomainError(error)
  if (!known) house.log.error({ error }, 'an agent could not be admitted')
  const data = known
    ? { code: error.code, message: error.message }
    : { code: 'BUSY', message: 'The server cannot answer now' }
  return Object.assign(new Error(data.message), { data })
}
