import { BEAT_MS } from '../../../protocol/ingest.ts'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { findKeys, missingKey } from './credentials.ts'
import { Delivery } from './delivery.ts'
import { hostName } from './folder.ts'
import { isAlive } from './process.ts'
import { DONE } from './receipt.ts'
import type { Shelved } from './shelf.ts'
import { Station } from './station.ts'
import type { Sample } from './telemetry.ts'
import { Connection } from './transport.ts'

const KEYS_APART_MS = 5000
const PROCESSES_APART_MS = 500

/** Carries the journals of a folder: deliveries, their sockets, the watch over their processes, the agent's own journals. */
export class Courier {
  readonly deliveries = new Map<string, Delivery>()
  readonly stations = new Map<string, Station>()
  readonly connections = new Map<string, Connection>()
  readonly #folder: string
  readonly #wake: () => void
  readonly #say: (text: string) => void
  readonly #refused = new Set<string>()
  #beaten = 0
  #keysRead = 0
  #watched = 0
  #turn = 0

  constructor(folder: string, wake: () => void, say: (text: string) => void) {
    this.#folder = folder
    this.#wake = wake
    this.#say = say
  }

  /** Makes a delivery of a journal; null where there is one, or where it is delivered already, unless `again`. */
  take({ folder, header }: Shelved, again = false): Delivery | null {
    if (this.deliveries.has(header.writer)) return null
    const delivery = new Delivery(folder, header, dead => this.#reportDeath(dead))
    if ((delivery.ack.flags & DONE) !== 0) {
      if (!again) return null
      delivery.ack.flags &= ~DONE
    }
    this.deliveries.set(delivery.writer, delivery)
    if (isHere(header)) delivery.alive = isAlive(header.pid, header.process_start)
    else {
      // A writer of another machine is never judged dead from here: only its journal's end ends it.
      delivery.alive = false
      delivery.endTold = true
    }
    this.#connect(delivery)
    return delivery
  }

  /** One turn; true where something moved. */
  pump(): boolean {
    const now = performance.now()
    if (now - this.#watched >= PROCESSES_APART_MS) {
      this.#watched = now
      this.#lookAtProcesses()
    }
    if (now - this.#keysRead >= KEYS_APART_MS || this.#hasNewRefusal()) {
      this.#keysRead = now
      this.#lookAtKeys()
    }
    let moved = false
    const order = [...this.deliveries.values()]
    this.#turn++
    for (let i = 0; i < order.length; i++) {
      // each turn begins with another one, so that none starves
      const delivery = order[(i + this.#turn) % order.length] as Delivery
      moved = this.#pumped(delivery, now) || moved
    }
    if (now - this.#beaten >= BEAT_MS) {
      this.#beaten = now
      this.#beat()
    }
    return moved
  }

  /** A journal that cannot be read must not keep the others waiting. */
  #pumped(delivery: Delivery, now: number): boolean {
    try {
      return delivery.pump(now)
    } catch (error) {
      this.#say(`journal ${delivery.writer} fails: ${error instanceof Error ? error.stack : error}`)
      delivery.failed(error, now)
      return false
    }
  }

  /** The agent's own journal for this delivery's run, made when it is first needed. */
  stationOf({ folder, header }: Delivery): Station {
    const name = runOf(header)
    const known = this.stations.get(name)
    if (known) return known
    const station = new Station(folder, header)
    this.stations.set(name, station)
    this.take({ folder, header: station.header })
    return station
  }

  /** Writers of the station's run on this host that may still write. */
  usersOf(station: Station): Delivery[] {
    const run = runOf(station.first)
    return [...this.deliveries.values()].filter(
      one =>
        one.isUser && !one.settled && !one.ended && !one.endTold && isHere(one.header) && runOf(one.header) === run,
    )
  }

  /** A run whose last writer here is done gets one more sample, so that the shortest run has rates too, and then no more. */
  closeStations(sample?: () => Promise<Sample>): void {
    for (const [name, station] of this.stations) {
      if (this.usersOf(station).length > 0) continue
      this.stations.delete(name)
      if (sample)
        sample()
          .then(last => station.write(last))
          .catch(error => this.#say(`no last sample of run ${station.first.run}: ${error}`))
          .then(() => this.#closeStation(station))
      else this.#closeStation(station)
    }
  }

  #closeStation(station: Station): void {
    station.close()
    const own = this.deliveries.get(station.writer)
    if (own) own.alive = false
    this.#wake()
  }

  get unsettled(): Delivery[] {
    return [...this.deliveries.values()].filter(delivery => !delivery.settled)
  }

  forgetSettled(): void {
    for (const [writer, delivery] of this.deliveries) if (delivery.settled) this.deliveries.delete(writer)
  }

  close(): void {
    for (const station of this.stations.values()) station.close()
    for (const connection of this.connections.values()) connection.close()
  }

  #reportDeath(delivery: Delivery): void {
    this.stationOf(delivery).died(delivery.writer, 'crashed')
    this.#say(`writer ${delivery.writer} of run ${delivery.header.run} died`)
  }

  #connect(delivery: Delivery): void {
    const { base_url, key_hint } = delivery.header
    const keys = findKeys(this.#folder, base_url, key_hint)
    const key = keys.find(one => !this.#refused.has(`${base_url} ${one}`)) ?? keys[0]
    if (key === undefined) {
      delivery.refuseKey({ code: 'NO_KEY', message: missingKey(base_url) })
      return
    }
    const name = `${base_url} ${key}`
    try {
      const connection = this.connections.get(name) ?? new Connection(base_url, key, this.#wake)
      this.connections.set(name, connection)
      delivery.connection = connection
    } catch (error) {
      delivery.failed(error, performance.now()) // base_url is no address
    }
  }

  #lookAtProcesses(): void {
    for (const delivery of this.deliveries.values())
      if (delivery.alive && !isAlive(delivery.header.pid, delivery.header.process_start)) {
        delivery.alive = false
        this.#wake()
      }
  }

  #hasNewRefusal(): boolean {
    return [...this.connections].some(([name, { refused, up }]) => refused && !up && !this.#refused.has(name))
  }

  /** A socket that was refused waits for another key; the journal stays. */
  #lookAtKeys(): void {
    for (const [name, { refused, up }] of this.connections)
      if (up) this.#refused.delete(name)
      else if (refused) this.#refused.add(name)
    for (const delivery of this.unsettled) {
      const { connection } = delivery
      if (connection?.refused && !connection.up) delivery.refuseKey(connection.refused)
      if (!connection || (connection.refused && !connection.up)) this.#connect(delivery)
    }
    const used = new Set(this.unsettled.map(delivery => delivery.connection))
    for (const [name, connection] of this.connections)
      if (!used.has(connection)) {
        connection.close()
        this.connections.delete(name)
      }
  }

  #beat(): void {
    for (const connection of this.connections.values()) {
      const mine = this.unsettled.filter(delivery => delivery.connection === connection && delivery.opened)
      const writers = mine.filter(delivery => delivery.alive && !delivery.ended).map(delivery => delivery.writer)
      if (!connection.up || writers.length === 0) continue
      connection.send('beat', { writers }, answer => {
        if (answer.ok) for (const one of mine) if (answer.stop.includes(one.header.run)) one.stopAsked()
      })
    }
  }
}

function isHere(header: JournalHeader): boolean {
  return header.host === hostName()
}

function runOf({ base_url, project, run }: JournalHeader): string {
  return `${base_url} ${project} ${run}`
}
