import type { IncomingMessage, ServerResponse } from 'node:http'
import { requireWorkspace } from '../../domain/access/index.ts'
import { unauthenticated } from '../../errors.ts'
import type { House } from '../../house.ts'
import { registry } from '../../prometheus.ts'
import { fromLoopback } from '../address.ts'
import { actorFromRequest, contextFor } from '../auth/index.ts'
import type { Door } from '../mount.ts'

/** Is the process up, can it serve, and how does it fare. */
export function openHealth(house: House): Door {
  const { db, settings, log } = house
  let leaving = false

  async function ready(): Promise<string | undefined> {
    if (leaving) return 'shutting down'
    try {
      await db.asIdentity(({ sql }) => sql.query('SELECT 1'), { timeoutMs: 2_000 })
      return undefined
    } catch (error) {
      log.warn({ error }, 'not ready')
      return 'the database does not answer'
    }
  }

  return {
    name: 'health',
    routes: [
      { path: '/healthz', handle: (_, response) => say(response, 200, 'ok') },
      {
        path: '/readyz',
        handle: async (_, response) => {
          const reason = await ready()
          say(response, reason ? 503 : 200, reason ?? 'ready')
        },
      },
      {
        path: '/metrics',
        handle: async (request, response) => {
          if (!fromLoopback(request, settings.TRACKSIDE_TRUST_PROXY)) await requireObserver(house, request)
          response.setHeader('content-type', registry().contentType)
          response.end(await registry().metrics())
        },
      },
    ],
    async drain() {
      leaving = true
    },
  }
}

/** From elsewhere, a key of scope admin shows that one may. */
async function requireObserver(house: House, request: IncomingMessage): Promise<void> {
  const actor = await actorFromRequest(house, request)
  if (actor.kind !== 'key') throw unauthenticated('From another machine, send a key of scope admin')
  await requireWorkspace(contextFor(house, actor, request), actor.workspaceId, 'server.observe')
}

function say(response: ServerResponse, status: number, line: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${line}\n`)
}
