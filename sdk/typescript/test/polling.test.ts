import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { journaled, makeFolder, train } from './harness.ts'
import { Peer } from './peer.ts'

let place = makeFolder()
let peer = new Peer()
let proxy: Server
let refused = 0
let polled = 0
beforeEach(async () => {
  place = makeFolder()
  peer = await new Peer().listen()
  proxy = await noUpgrades(Number(new URL(peer.url).port))
})
afterEach(async () => {
  await place.clear()
  proxy.close()
  await peer.close()
})

/** Passes bytes on to `port`; answers a request for an upgrade itself, with no. */
async function noUpgrades(port: number): Promise<Server> {
  const server = createServer(client => {
    client.on('error', () => {})
    client.once('data', head => {
      if (/upgrade: websocket/i.test(head.toString('latin1'))) {
        refused++
        client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        return
      }
      if (head.includes('transport=polling')) polled++
      const origin = connect(port, '127.0.0.1')
      origin.on('error', () => client.destroy())
      origin.write(head)
      client.pipe(origin).pipe(client)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

test('where no WebSocket passes, every point arrives by long polling', async () => {
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const { output } = await train(place.folder, url, { id: 'polled', count: 5000, rate: 1e6 }).ended
  expect(output).toContain('{"logged":10000,"stored":10000,"refused":0,"pending":0}')
  expect(peer.of('polled').flatMap(writer => writer.points)).toEqual(journaled(place.folder))
  expect(refused).toBeGreaterThan(0)
  expect(polled).toBeGreaterThan(0)
}, 60_000)
