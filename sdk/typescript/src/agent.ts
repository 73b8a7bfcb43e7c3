import { spawnSync } from 'node:child_process'
import { constants, existsSync, mkdirSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { Courier } from './courier.ts'
import { FileLock } from './flock.ts'
import { agentFolder, hostName } from './folder.ts'
import { Shelf } from './shelf.ts'
import type { Station } from './station.ts'
import { pauseAfter, Sampler } from './telemetry.ts'

const BUSY_LOOK_MS = 50
const IDLE_LOOK_MS = 2000
const BUSY_FOR_MS = 1000
const SCANS_APART_MS = 200
const LINGER_MS = 5000
const UNREACHED_MS = 3_600_000

/** The loop that delivers a folder: woken by the bell, by answers, or by the clock. protocol/agent.md says how. */
export class Agent {
  readonly #folder: string
  readonly #desk: string
  readonly #shelf: Shelf
  readonly #courier: Courier
  readonly #sampler: Sampler
  readonly #foreign = new Map<string, FileLock>()
  readonly #started = performance.now()
  #bell: Socket | null = null
  #wake: () => void = () => {}
  #news = performance.now()
  #useful = performance.now()
  #scanned = Number.NEGATIVE_INFINITY
  #scanDue = true
  #sampling = false
  #stop = false

  constructor(folder: string) {
    this.#folder = folder
    this.#desk = agentFolder(folder)
    this.#shelf = new Shelf(join(folder, 'runs'))
    this.#sampler = new Sampler(folder)
    this.#courier = new Courier(folder, () => this.#wake(), say)
  }

  /** Works until there is nothing left to do. */
  async run(): Promise<void> {
    do {
      this.#openBell()
      while (!this.#stop && !this.#mayLeave()) await this.#turn()
      this.#bell?.destroy()
      this.#scan() // whoever found no reader in between has begun before this look
    } while (!this.#stop && !this.#mayLeave())
    this.#courier.close()
    for (const lock of this.#foreign.values()) lock.release()
  }

  stop(): void {
    this.#stop = true
    this.#wake()
  }

  /** Opened for reading and writing, so that it never ends. */
  #openBell(): void {
    const path = join(this.#desk, 'bell')
    if (!existsSync(path)) spawnSync('mkfifo', ['-m', '600', path])
    if (!existsSync(path)) return
    const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    this.#bell = new Socket({ fd, readable: true, writable: false })
    this.#bell.on('error', error => say(`the bell fails: ${error.message}`))
    this.#bell.on('data', () => {
      this.#news = performance.now()
      this.#scanDue = true
      this.#wake()
    })
  }

  async #turn(): Promise<void> {
    await this.#woken(performance.now() - this.#news < BUSY_FOR_MS ? BUSY_LOOK_MS : this.#quietLook())
    const now = performance.now()
    if (now - this.#scanned >= (this.#scanDue ? SCANS_APART_MS : IDLE_LOOK_MS) || this.#courier.deliveries.size === 0)
      this.#scan()
    this.#openStations()
    this.#sample(now)
    if (this.#courier.pump()) this.#news = now
    this.#courier.closeStations(() => this.#sampler.machine())
    this.#courier.forgetSettled()
  }

  #quietLook(): number {
    const next = Math.min(...[...this.#courier.stations.values()].map(station => station.nextSample))
    return Math.max(0, Math.min(IDLE_LOOK_MS, next - performance.now()))
  }

  #woken(within: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, within)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #scan(): void {
    this.#scanned = performance.now()
    this.#scanDue = false
    for (const shelved of this.#shelf.takeNew()) {
      if (shelved.header.mode === 'offline' || !this.#isMine(shelved.header)) continue
      if (this.#courier.take(shelved)) this.#news = this.#useful = performance.now()
    }
  }

  /** Telemetry must not be what makes a run that is asked for with a condition, or `never` finds it there. */
  #openStations(): void {
    for (const delivery of [...this.#courier.deliveries.values()]) {
      const wanted = delivery.isUser && delivery.alive && !delivery.ended && delivery.header.telemetry !== false
      if (wanted && (delivery.opened || !delivery.header.condition)) this.#courier.stationOf(delivery)
    }
  }

  /** Journals of this host, and of hosts whose agent does not live: a container's, on a volume. */
  #isMine({ host }: JournalHeader): boolean {
    if (host === hostName() || this.#foreign.has(host)) return true
    const desk = agentFolder(this.#folder, host)
    mkdirSync(desk, { recursive: true, mode: 0o700 })
    const lock = FileLock.take(join(desk, 'lock'))
    if (lock instanceof FileLock) this.#foreign.set(host, lock)
    return lock instanceof FileLock
  }

  #sample(now: number): void {
    const due = [...this.#courier.stations.values()].filter(station => station.nextSample <= now)
    if (due.length === 0 || this.#sampling) return
    this.#sampling = true
    for (const station of due) station.nextSample = now + pauseAfter(Date.now() - station.first.start)
    this.#writeSamples(due).finally(() => {
      this.#sampling = false
      this.#wake()
    })
  }

  async #writeSamples(due: Station[]): Promise<void> {
    const machine = await this.#sampler.machine()
    for (const station of due) {
      const process = await this.#sampler.process(station.first.pid)
      const users = this.#courier.usersOf(station)
      if (users.some(one => one.alive && one.header.telemetry !== false))
        station.write(new Map([...machine, ...process]))
    }
  }

  /** All is done and delivered for 5 s; or the folder is gone; or what is left is of the dead, and no server was there for an hour. */
  #mayLeave(): boolean {
    if (!existsSync(this.#desk)) return true // the folder was taken away, journals and all
    const now = performance.now()
    const { unsettled } = this.#courier
    if (unsettled.length === 0) return now - this.#useful > LINGER_MS
    this.#useful = now
    if (unsettled.some(delivery => delivery.alive && !delivery.ended)) return false
    const reached = [...this.#courier.connections.values()].map(connection => connection.reached)
    return now - Math.max(this.#started, ...reached) > UNREACHED_MS
  }
}

/** Into the agent's log. */
export function say(text: string): void {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`)
}

/** The lock of this machine and folder; 'taken' where another agent lives. */
export function takeDesk(folder: string): FileLock | 'taken' | 'unknown' {
  const desk = agentFolder(folder)
  mkdirSync(desk, { recursive: true, mode: 0o700 })
  return FileLock.take(join(desk, 'lock'), 3)
}
