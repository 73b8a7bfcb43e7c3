import type { ServerResponse } from 'node:http'
import type { House } from '../../house.ts'
import { registry } from '../../prometheus.ts'
import { fromLoopback } from '../address.ts'
import type { Door } from '../mount.ts'

/** Is the process up, can it serve, and how does it fare. */
export function openHealth({ db, settings, log }: House): Door {
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
          if (!fromLoopback(request, settings.TRACKSIDE_TRUST_PROXY))
            return say(response, 403, 'only from this machine')
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

function say(response: ServerResponse, status: number, line: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${line}\n`)
}
