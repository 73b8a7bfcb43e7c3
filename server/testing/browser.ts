import type { Socket } from 'socket.io-client'
import { connect } from './agent.ts'

/** What a browser does without a screen: keeps cookies, sends its Origin, asks procedures. */
export class TestBrowser {
  readonly url: string
  readonly #cookies = new Map<string, string>()

  constructor(url: string) {
    this.url = url
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookie, origin: this.url, ...(init.headers as Record<string, string>) }
    const response = await fetch(this.url + path, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name) value ? this.#cookies.set(name, value) : this.#cookies.delete(name)
    }
    return response
  }

  /** By password, as the sign-in page does. Returns the refusal's words, if it was refused. */
  async signIn(email: string, password: string): Promise<string | null> {
    const { csrfToken } = (await (await this.fetch('/api/auth/csrf')).json()) as { csrfToken: string }
    const body = new URLSearchParams({ csrfToken, email, password, json: 'true' })
    const response = await this.fetch('/api/auth/callback/credentials', { method: 'POST', body })
    const { url } = (await response.json()) as { url: string }
    return new URL(url).searchParams.get('error')
  }

  /** The status of a page, and where it sends its reader. */
  async page(path: string): Promise<string> {
    const response = await this.fetch(path)
    await response.arrayBuffer()
    return `${response.status} ${response.headers.get('location') ?? ''}`.trim()
  }

  async ask<T>(procedure: string, input?: object): Promise<T> {
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    return read<T>(await this.fetch(`/api/trpc/${procedure}${query}`))
  }

  async do<T>(procedure: string, input: object = {}): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return read<T>(await this.fetch(`/api/trpc/${procedure}`, { method: 'POST', headers, body: JSON.stringify(input) }))
  }

  /** The status of a binary read. */
  async series(run: string): Promise<number> {
    const panels = [{ id: 'p', runs: [run], keys: ['loss'], width: 100 }]
    const headers = { 'content-type': 'application/json' }
    const response = await this.fetch('/api/series', { method: 'POST', headers, body: JSON.stringify({ panels }) })
    await response.arrayBuffer()
    return response.status
  }

  live(origin = this.url): Promise<Socket> {
    return connect(this.url, '/live', { protocol: 1 }, { cookie: this.cookie, origin })
  }
}

async function read<T>(response: Response): Promise<T> {
  const { result, error } = (await response.json()) as {
    result?: { data: T }
    error?: { data?: { code: string }; code?: string }
  }
  if (error) throw new Error(error.data?.code ?? error.code)
  return result?.data as T
}

/** Settles when the server ends the connection. */
export const ended = (socket: Socket) => new Promise<void>(resolve => socket.once('disconnect', () => resolve()))
