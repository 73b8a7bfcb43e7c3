import type { Socket } from 'socket.io'
import { liveAuth } from '../../../protocol/live.schema.ts'
import { LIVE_NAMESPACE, PROTOCOL_VERSION } from '../../../protocol/live.ts'
import type { Actor } from '../../actor.ts'
import { onCommitted } from '../../domain/metrics/index.ts'
import { onChanged } from '../../domain/runs/index.ts'
import { invalid, isDomainError } from '../../errors.ts'
import type { House } from '../../house.ts'
import { actorFromHandshake, whileValid } from '../auth/index.ts'
import type { Door } from '../mount.ts'
import { DeltaCache } from './delta-cache.ts'
import { Line } from './line.ts'
import { Viewer } from './viewer.ts'

/** Where browsers hear of what changes (protocol/live.md). */
export function openLive(house: House): Door {
  const viewers = new Set<Viewer>()
  const shared = { house, deltas: new DeltaCache(house.db), line: new Line(), crowd: () => viewers.size }
  const room = house.io.of(LIVE_NAMESPACE)
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
    const viewer = new Viewer(shared, socket, socket.data.actor as Actor)
    viewers.add(viewer)
    const stop = whileValid(house, viewer.actor, () => socket.disconnect(true))
    socket.on('disconnect', () => {
      stop()
      viewer.close()
      viewers.delete(viewer)
    })
  })
  const silences = [
    onCommitted(bells => {
      const runs = bells.map(({ run }) => run)
      for (const viewer of viewers) viewer.ring(runs)
    }),
    onChanged(({ project, runs, what }) => {
      for (const viewer of viewers) viewer.tell({ project, ...(runs && { runs }), what })
    }),
  ]
  return {
    name: 'live',
    async drain() {
      for (const silence of silences) silence()
    },
  }
}

async function admit(house: House, { handshake }: Socket): Promise<Actor> {
  const spoken = liveAuth.safeParse(handshake.auth)
  if (!spoken.success || spoken.data.protocol !== PROTOCOL_VERSION)
    throw invalid(`This server speaks protocol ${PROTOCOL_VERSION}: load the page again`)
  return actorFromHandshake(house, handshake)
}

function refusal(house: House, error: unknown): Error {
  if (!isDomainError(error)) house.log.error({ error }, 'a viewer could not be admitted')
  const data = isDomainError(error)
    ? { code: error.code, message: error.message }
    : { code: 'INTERNAL', message: 'The server cannot answer now' }
  return Object.assign(new Error(data.message), { data })
}
