import { request as ask, createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/**
 * A browser's line to a server, that can be cut or, as by a laptop that sleeps, hold back what is sent without a word. It
 * says what a browser would say of itself: its cookie, and where its page came from.
 */
export class Line {
  #url = ''
  #up = true
  #asleep = false
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer()

  static async to(target: string, cookie: string): Promise<Line> {
    const line = new Line()
    const { hostname, port, host } = new URL(target)
    const said = { host, cookie, origin: target }
    const keep = (socket: Socket) => {
      line.#sockets.add(socket)
      if (line.#asleep) socket.pause()
      socket.on('error', () => socket.destroy()).on('close', () => line.#sockets.delete(socket))
    }
    line.#server.on('connection', socket => {
      if (line.#up) keep(socket)
      else socket.destroy()
    })
    line.#server.on('request', (request, response) => {
      const { method, url: path, headers } = request
      const passed = ask({ hostname, port, method, path, headers: { ...headers, ...said }, agent: false }, answer => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.on('error', () => response.destroy()).pipe(response)
      })
      response.on('close', () => passed.destroy())
      passed.on('error', () => response.destroy())
      request.pipe(passed)
    })
    line.#server.on('upgrade', (request, browser: Socket, head) => {
      const server = connect(Number(port), hostname)
      keep(server)
      const lines = Object.entries({ ...request.headers, ...said }).map(([name, value]) => `${name}: ${value}\r\n`)
      server.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`)
      server.write(head)
      server.pipe(browser).pipe(server)
      server.on('close', () => browser.destroy())
      browser.on('close', () => server.destroy())
    })
    await new Promise<void>(resolve => line.#server.listen(0, '127.0.0.1', resolve))
    line.#url = `http://127.0.0.1:${(line.#server.address() as AddressInfo).port}`
    return line
  }

  get url(): string {
    return this.#url
  }

  cut(): void {
    this.#up = false
    for (const socket of this.#sockets) socket.destroy()
  }

  mend(): void {
    this.#up = true
    this.#asleep = false
    for (const socket of this.#sockets) socket.resume()
  }

  sleep(): void {
    this.#asleep = true
    for (const socket of this.#sockets) socket.pause()
  }

  close(): void {
    this.cut()
    this.#server.close()
  }
}
