import { io, type Socket } from 'socket.io-client'
import { type Delta, decodeDelta } from '@/protocol/delta'
import { createConnection } from './connection'
import type { Head } from './head'

export type RunWatcher = {
  /** The watch holds: deltas above this head will come. Again after every reconnect. */
  joined: (head: Head) => void
  delta: (delta: Delta) => void
  /** The server cannot continue from where this browser is. */
  behind: (head: Head) => void
}

export type Change = { project: string; runs?: string[]; what: 'run' | 'runs' | 'keys' | 'members' | 'annotations' }

type Answer = { ok: true; runs: Head[] } | { ok: false; error: { code: string; message: string } }

/** One socket for the page; what is watched is said again after every reconnect. */
export class LiveClient {
  readonly connection = createConnection()
  readonly #socket: Socket
  readonly #runs = new Map<string, Set<RunWatcher>>()
  readonly #projects = new Map<string, Set<(change: Change) => void>>()
  /** How far the server has come with each run that it was asked to watch; null until it has answered. */
  readonly #heads = new Map<string, Head | null>()
  #joining: { runs: string[]; projects: string[] } | null = null

  constructor(url = '/live') {
    this.#socket = io(url, { transports: ['websocket', 'polling'], tryAllTransports: true, auth: { protocol: 1 } })
    this.#socket.on('connect', () => {
      this.connection.up()
      this.#heads.clear()
      this.#watch({ runs: [...this.#runs.keys()], projects: [...this.#projects.keys()] })
    })
    this.#socket.on('disconnect', reason => {
      this.connection.down()
      if (reason === 'io server disconnect') this.#connectLater()
    })
    this.#socket.on('connect_error', () => {
      this.connection.down()
      if (!this.#socket.active) this.#connectLater()
    })
    this.#socket.on('delta', (body: ArrayBuffer, taken?: () => void) => {
      for (const delta of decodeDelta(new Uint8Array(body))) {
        this.#heads.set(delta.run, { run: delta.run, epoch: delta.epoch, cursor: delta.to })
        for (const watcher of this.#runs.get(delta.run) ?? []) watcher.delta(delta)
      }
      taken?.()
    })
    this.#socket.on('behind', (head: Head) => {
      this.#heads.set(head.run, head)
      for (const watcher of this.#runs.get(head.run) ?? []) watcher.behind(head)
    })
    this.#socket.on('changed', (change: Change) => {
      for (const listener of this.#projects.get(change.project) ?? []) listener(change)
    })
    window.addEventListener('online', () => this.connectNow())
    document.addEventListener('visibilitychange', () => document.hidden || this.connectNow())
  }

  connectNow(): void {
    if (!this.#socket.connected) this.#socket.connect()
  }

  /** Returns what ends the watch. */
  watchRun(run: string, watcher: RunWatcher): () => void {
    const watchers = this.#runs.get(run) ?? new Set()
    this.#runs.set(run, watchers.add(watcher))
    const head = this.#heads.get(run)
    if (head) queueMicrotask(() => watchers.has(watcher) && watcher.joined(this.#heads.get(run) ?? head))
    else if (head === undefined) this.#join('runs', run)
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0 || this.#runs.get(run) !== watchers) return
      this.#runs.delete(run)
      this.#heads.delete(run)
      if (this.#socket.connected) this.#socket.emit('unwatch', { runs: [run] })
    }
  }

  /** Returns what ends the watch. */
  watchProject(project: string, listener: (change: Change) => void): () => void {
    const listeners = this.#projects.get(project) ?? new Set()
    this.#projects.set(project, listeners.add(listener))
    this.#join('projects', project)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || this.#projects.get(project) !== listeners) return
      this.#projects.delete(project)
      if (this.#socket.connected) this.#socket.emit('unwatch', { project })
    }
  }

  /** The panels of one render ask together. */
  #join(what: 'runs' | 'projects', id: string) {
    if (!this.#joining) {
      const joining: { runs: string[]; projects: string[] } = { runs: [], projects: [] }
      this.#joining = joining
      queueMicrotask(() => {
        this.#joining = null
        if (this.#socket.connected) this.#watch(joining)
      })
    }
    this.#joining?.[what].push(id)
  }

  #watch({ runs, projects }: { runs: string[]; projects: string[] }) {
    const asked = runs.filter(run => this.#runs.has(run) && !this.#heads.has(run))
    for (const run of asked) this.#heads.set(run, null)
    if (asked.length > 0) {
      this.#socket.emit('watch', { runs: asked }, (answer: Answer) => {
        for (const head of answer.ok ? answer.runs : []) this.#joined(head)
      })
    }
    for (const project of projects) {
      if (!this.#projects.has(project)) continue
      // What changed before the watch held was told to nobody: from here on nothing is missed.
      this.#socket.emit('watch', { project }, () => {
        for (const listener of this.#projects.get(project) ?? []) listener({ project, what: 'runs' })
      })
    }
  }

  #joined(head: Head) {
    if (!this.#runs.has(head.run)) return
    this.#heads.set(head.run, head)
    for (const watcher of this.#runs.get(head.run) ?? []) watcher.joined(head)
  }

  /** The server ended or refused the line itself: Socket.IO does not come back from that alone. */
  #connectLater() {
    setTimeout(() => this.connectNow(), 5000)
  }
}

let client: LiveClient | undefined

/** The page's own client; only in the browser. */
export function liveClient(): LiveClient {
  client ??= new LiveClient()
  return client
}
