import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { Courier } from './courier.ts'
import { cleanUrl, lastLogin, namedBaseUrl } from './credentials.ts'
import type { Delivery } from './delivery.ts'
import { UsageError } from './errors.ts'
import { readJson } from './folder.ts'
import { DONE, type Receipt, receiptOf } from './receipt.ts'
import { headerOf, launchesIn, writersIn } from './shelf.ts'
import { Tail } from './tail.ts'

/** `trackside sync`: delivers what the marks lack, of a folder or of one launch, beside a live agent or long after. */

const REACH_MS = 20_000
const SILENCE_MS = 60_000
const LOOK_MS = 20

/** What became of one writer. */
export interface Synced {
  run: string
  writer: string
  receipt: Receipt
  error: string | null
  /** With `verify`: whether the server has what the journal holds. */
  verified?: boolean
}

export interface SyncOptions {
  /** Also looks at what is marked as delivered, and compares what the server has with the journal. */
  verify?: boolean
  /** Delivers to the server of this address instead. */
  host?: string
  /** Delivers to the run of this id instead: for a run that the server refused. */
  id?: string
}

/** The folder of TRACKSIDE_DIR and the folder to look in, for `path` being that, its `runs`, or one launch. */
export function placesOf(path: string): { folder: string; runs: string } {
  const place = resolve(path)
  if (existsSync(join(place, 'runs'))) return { folder: place, runs: join(place, 'runs') }
  if (basename(place) === 'runs') return { folder: dirname(place), runs: place }
  return { folder: dirname(dirname(place)), runs: place }
}

/** Sends what is not with the server yet. Never throws for a journal; UsageError where `id` would join several runs. */
export async function sync(path: string, options: SyncOptions = {}): Promise<Synced[]> {
  const { folder, runs } = placesOf(path)
  let wake = () => {}
  const courier = new Courier(
    folder,
    () => wake(),
    () => {},
  )
  const deliveries = takeAll(courier, runs, options)
  const start = performance.now()
  let moved = start
  while (![...courier.deliveries.values()].every(isFinished)) {
    if (courier.pump()) moved = performance.now()
    closeOwn(courier, deliveries)
    if (isHopeless(courier, start, moved)) break
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, LOOK_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  courier.close()
  return deliveries.map(delivery => resultOf(delivery, options.verify ?? false))
}

/**
 * Which server a journal goes to, and whether that is not the one which holds some of it already: `host`, else the one that
 * holds some of it, the variables', its own where the training was told one, the last login's.
 */
function serverFor(
  folder: string,
  header: JournalHeader,
  host: string | undefined,
): { baseUrl: string; isOther: boolean } {
  const held = readJson(join(folder, `${header.writer}.json`))?.base_url as string | undefined
  const named = header.named_server === false ? null : header.base_url
  const told = host ? cleanUrl(host) : held
  const baseUrl = told ?? namedBaseUrl() ?? named ?? lastLogin() ?? header.base_url
  return { baseUrl, isOther: held !== undefined && held !== baseUrl }
}

/** The header for `id`, else for the run that the server has it in. What was asked of another run is not asked of it. */
function forRun(folder: string, header: JournalHeader, id: string | undefined): JournalHeader {
  const held = readJson(join(folder, `${header.writer}.json`))?.run as string | undefined
  const run = id ?? held ?? header.run
  if (run === header.run && id === undefined) return header
  const { condition: _asked, ...rest } = header
  return { ...rest, run }
}

function takeAll(courier: Courier, runs: string, { verify = false, host, id }: SyncOptions): Delivery[] {
  const deliveries: Delivery[] = []
  const own = new Map<string, string>()
  for (const folder of launchesIn(runs))
    for (const writer of writersIn(folder)) {
      const header = headerOf(folder, writer)
      if (!header) continue
      const { baseUrl, isOther } = serverFor(folder, header, host)
      const named = { ...forRun(folder, header, id), base_url: baseUrl }
      const delivery = courier.take({ folder, header: named }, verify || isOther)
      if (!delivery?.isUser) continue
      deliveries.push(delivery)
      own.set(JSON.stringify([header.project, header.run]), header.run)
    }
  if (id !== undefined && own.size > 1) {
    courier.close()
    throw new UsageError(
      `--id ${id} is for one run, and several wait in ${runs}: ${[...own.values()].sort().join(', ')}; give the folder of one`,
    )
  }
  return deliveries
}

/** Deaths are told in a journal of our own, which is closed when all of its run are told. */
function closeOwn(courier: Courier, deliveries: Delivery[]): void {
  if (deliveries.every(delivery => isFinished(delivery) || delivery.endTold)) courier.closeStations()
}

/** Settled, or all that a living writer has written so far is there. */
function isFinished(delivery: Delivery): boolean {
  return delivery.settled || (delivery.alive && !delivery.ended && delivery.opened && delivery.caughtUp)
}

function isHopeless(courier: Courier, start: number, moved: number): boolean {
  const now = performance.now()
  const connections = [...courier.connections.values()]
  const reached = connections.some(connection => connection.epoch > 0)
  return (
    connections.length === 0 ||
    connections.every(connection => connection.refused !== null) ||
    now - moved > SILENCE_MS ||
    (!reached && now - start > REACH_MS)
  )
}

function resultOf(delivery: Delivery, verify: boolean): Synced {
  const { folder, writer, header, ack } = delivery
  const { points, refused, lost } = countOf(folder, writer)
  const done = (ack.flags & DONE) !== 0
  const receipt = receiptOf(
    points + refused,
    Math.max(0, done ? ack.stored : ack.upto + 1),
    done ? Math.max(refused, ack.refused) : refused,
  )
  const refusal = delivery.connection?.refused?.message
  const error = done || isFinished(delivery) ? null : (delivery.problem ?? refusal ?? notReached(header.base_url))
  const result: Synced = {
    run: header.run,
    writer,
    receipt,
    error: delivery.settled && !done ? delivery.problem : error,
  }
  if (verify) result.verified = done && receipt.pending === 0 && lost === 0
  return result
}

function notReached(baseUrl: string): string {
  return `${baseUrl} was not reached; \`trackside sync --host URL\` or TRACKSIDE_BASE_URL names another address`
}

/** Points, refused items and lost seqs of a journal, as it stands on the disk. */
export function countOf(folder: string, writer: string): { points: number; refused: number; lost: number } {
  const tail = new Tail(folder, writer)
  const count = { points: 0, refused: 0, lost: 0 }
  for (let items = tail.read(true); items.length > 0; items = tail.read(true))
    for (const item of items) {
      if (item.kind === 'points') count.points += item.keys.length
      else if (item.kind === 'lost') count.lost += item.count
      else if (item.kind === 'meta' && item.item.k === 'refused') count.refused += Number(item.item.count) || 0
    }
  tail.close()
  return count
}
