import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { errorBody } from './doors/error-body.ts'
import type { Route } from './doors/mount.ts'
import type { Log } from './log.ts'
import { requestSeconds } from './prometheus.ts'
import { requireReadable } from './require-readable.ts'
import { securityHeaders } from './security-headers.ts'
import type { Settings } from './settings.ts'
import { settleRequest } from './settle-request.ts'

interface HttpParts {
  settings: Settings
  log: Log
  development: boolean
  routes: Route[]
  page: Route['handle']
}

/** Machine doors first, the longest path wins; what none of them answers is a page. */
export function createHttp({ settings, log, development, routes, page }: HttpParts): Server {
  const secure = securityHeaders({ development, https: settings.TRACKSIDE_URL?.startsWith('https:') ?? false })

  return createServer(async (request, response) => {
    const id = settleRequest(request, settings)
    response.setHeader('x-request-id', id)
    secure(response)
    const route = choose(routes, request.url ?? '/')
    measure(response, route?.path ?? 'page')
    try {
      requireReadable(request)
      await (route?.handle ?? page)(request, response)
    } catch (error) {
      answerError(request, response, error, id, log)
    }
  })
}

function choose(routes: Route[], url: string): Route | undefined {
  const path = url.split('?', 1)[0] ?? '/'
  const fitting = routes.filter(route => path === route.path || path.startsWith(`${route.path}/`))
  return fitting.sort((a, b) => b.path.length - a.path.length)[0]
}

function measure(response: ServerResponse, door: string) {
  const begun = performance.now()
  response.once('finish', () => {
    requestSeconds().observe({ door, status: response.statusCode }, (performance.now() - begun) / 1000)
  })
}

function answerError(request: IncomingMessage, response: ServerResponse, error: unknown, id: string, log: Log) {
  const { status, body } = errorBody(error, id, log)
  if (response.headersSent) return void response.destroy()
  request.resume()
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}
