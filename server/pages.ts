import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import next from 'next'

export type PagesMode = 'built' | 'development' | 'none'

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>
  /** Where Next hangs its upgrade listener: a server that never listens (see upgrades.ts). */
  forNext: Server
  close(): Promise<void>
}

export async function openPages(mode: PagesMode, hostname: string, port: number): Promise<Pages> {
  const forNext = createServer()
  if (mode === 'none') {
    const handle = (_: IncomingMessage, response: ServerResponse) => {
      response.writeHead(404).end()
    }
    return { handle, forNext, close: async () => {} }
  }
  const app = next({
    dev: mode === 'development',
    dir: fileURLToPath(new URL('..', import.meta.url)),
    httpServer: forNext,
    hostname,
    port,
  })
  await (mode === 'built' ? withoutOutput(() => app.prepare()) : app.prepare())
  const handle = app.getRequestHandler()
  return { handle: (request, response) => handle(request, response), forNext, close: () => app.close() }
}

/** Next says on standard output how long it took to read its settings, and takes no word that it should not. */
async function withoutOutput(work: () => Promise<void>): Promise<void> {
  const { log } = console
  console.log = () => {}
  try {
    await work()
  } finally {
    console.log = log
  }
}
