import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { MetaItem } from '../../../protocol/ingest.ts'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { hostName } from './folder.ts'
import { Journal } from './journal.ts'
import { Bell } from './launcher.ts'
import { Page } from './page.ts'
import { processStart } from './process.ts'
import { type Ack, AckWait, DONE, GONE, KEY, NO, NO_ACK, readAck, STOP } from './receipt.ts'
import { Refusals } from './refusals.ts'
import { sayOnce } from './say.ts'
import { SDK } from './version.ts'

/** What all writers of one launch share: the folder, and the members of the journal's header that name the run. */
export interface Launch {
  folder: string
  name: string
  online: boolean
  header: Pick<
    JournalHeader,
    | 'run'
    | 'project'
    | 'workspace'
    | 'base_url'
    | 'named_server'
    | 'labels'
    | 'mode'
    | 'telemetry'
    | 'key_hint'
    | 'condition'
  >
}

export function newWriterId(): string {
  return randomBytes(16).toString('hex')
}

export function launchPath(launch: Launch): string {
  return join(launch.folder, 'runs', launch.name)
}

/** The members of every segment's header that do not change. */
export function headerOf(launch: Launch, writer: string, kind: 'user' | 'telemetry') {
  return {
    format: 1 as const,
    writer,
    ...launch.header,
    kind,
    pid: process.pid,
    process_start: processStart(process.pid),
    host: hostName(),
    start: Date.now(),
    sdk: SDK,
    launch: launch.name,
  }
}

/** One process that logs to one run: its journal, its counts, its wait for acks. */
export class Writer {
  readonly id: string
  readonly launch: Launch
  readonly journal: Journal
  readonly page: Page
  readonly refusals = new Refusals()
  readonly #bell: Bell | null
  rounded = 0
  finished = false

  constructor(launch: Launch, id = newWriterId()) {
    this.id = id
    this.launch = launch
    this.journal = new Journal(launchPath(launch), headerOf(launch, id, 'user'))
    this.page = new Page(launch, this.wordsPath)
    this.#bell = launch.online ? new Bell(launch.folder) : null
    this.#bell?.ring()
  }

  get ackPath(): string {
    return join(launchPath(this.launch), `${this.id}.ack`)
  }

  get wordsPath(): string {
    return join(launchPath(this.launch), `${this.id}.json`)
  }

  /** Points and refused items that user code logged. */
  get logged(): number {
    return this.journal.seq + this.refusals.count
  }

  /** False: neither disk nor memory had room. */
  put(keys: string[], values: ArrayLike<number>, step: number): boolean {
    const kept = this.journal.putPoints(keys, values, step)
    this.#bell?.ring()
    if (this.journal.trouble !== null)
      sayOnce(
        `the journal cannot be written (${this.journal.trouble}); points wait in memory, up to a limit`,
        'trouble',
      )
    return kept
  }

  /** Journals one meta item. */
  tell(item: MetaItem): void {
    this.journal.putMeta(JSON.stringify(item))
    this.#bell?.ring()
  }

  /** Counts an item that cannot be logged; said once, shown on the run's page. */
  refuse(key: string, reason: string, step: number | null): void {
    if (this.refusals.add(key, reason, step))
      sayOnce(
        `${JSON.stringify(key)} was not logged: ${reason}. Further ones are counted on the run's page.`,
        'refused',
      )
    for (const item of this.refusals.take()) this.tell(item)
  }

  /** Writes the last words and closes the journal. */
  finish(exitCode: number | null): void {
    if (this.finished) return
    this.finished = true
    for (const item of this.refusals.take(true)) this.tell(item)
    const { logged, rounded } = this
    this.tell({ k: 'finish', exit_code: exitCode, time: Date.now(), logged, refused: this.refusals.count, rounded })
    this.journal.close()
    this.#bell?.ringNow()
  }

  /** Closes the journal without a word: the run was never to be. */
  abandon(): void {
    this.finished = true
    this.page.close()
    this.journal.close()
    this.#bell?.close()
  }

  /** Until everything is with the server, or cannot be. Null offline. */
  whenDone(timeout: number): AckWait | null {
    return this.#wait(ack => (ack.flags & (DONE | GONE | KEY | NO)) !== 0, timeout)
  }

  /** Until the point `seq` is with the server. Null offline. */
  whenStored(seq: number, timeout: number): AckWait | null {
    return this.#wait(ack => ack.upto >= seq || (ack.flags & (GONE | KEY | NO)) !== 0, timeout)
  }

  /** Until the server has said yes or no to the run itself. */
  whenOpened(timeout: number): AckWait | null {
    return this.#wait(ack => (ack.flags & NO) !== 0 || ack.answered > 0, timeout, timeout)
  }

  /** Nothing is waited for any more. */
  close(): void {
    this.page.look()
    this.page.close()
    this.#bell?.close()
  }

  get stopAsked(): boolean {
    return (this.ack().flags & STOP) !== 0
  }

  ack(): Ack {
    return readAck(this.ackPath) ?? NO_ACK
  }

  #wait(done: (ack: Ack) => boolean, timeout: number, silence?: number): AckWait | null {
    const bell = this.#bell
    return bell && new AckWait(this.ackPath, done, () => bell.ring(), timeout, silence)
  }
}
