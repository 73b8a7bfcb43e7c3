import type { MetaItem } from '../../../protocol/ingest.ts'
import { UsageError } from './errors.ts'
import { flatten } from './flatten.ts'
import { readJson } from './folder.ts'
import { type Config, configObject, type Told, toldObject } from './mapping.ts'
import { toStep } from './numbers.ts'
import { DONE, GONE, KEY, NO, type Receipt, receiptOf } from './receipt.ts'
import { say, sayOnce } from './say.ts'
import type { Chosen } from './settings.ts'
import { Words } from './words.ts'
import { launchPath, type Writer } from './writer.ts'

export interface LogOptions {
  /** A whole number within ±(2^53 − 1), in any order. Absent: the current step, which then goes up by one. */
  step?: number | undefined
  /** False: the next call logs to the same step. */
  commit?: boolean | undefined
}

export interface FinishOptions {
  /** 0 where the program ended well. */
  exitCode?: number | undefined
  /** Seconds to wait for the server at most (30). */
  timeout?: number | undefined
}

/** One execution of training code. `await using`, or `await run.finish()`; otherwise it ends with the program. */
export class Run extends Words {
  readonly id: string
  readonly project: string
  readonly labels: Readonly<Record<string, string>>
  readonly config: Config
  readonly summary: Told
  readonly settings: Readonly<Chosen>
  readonly #writer: Writer | null
  readonly #onEnd: (run: Run, endedWell: boolean) => void
  #step = 0
  #openRow = false
  #ended = false
  #receipt: Receipt | null = null
  #finishing: Promise<Receipt> | null = null
  #captured: Promise<void> = Promise.resolve()

  constructor(
    settings: Chosen,
    id: string,
    writer: Writer | null,
    onEnd: (run: Run, endedWell: boolean) => void = () => {},
  ) {
    super(settings)
    this.settings = settings
    this.id = id
    this.project = settings.project
    this.labels = settings.labels
    this.#writer = writer
    this.#onEnd = onEnd
    this.config = configObject(change => this.tell({ k: 'config', ...change }))
    this.summary = toldObject(({ set, unset = [] }) =>
      this.tell({ k: 'summary', set: set ?? Object.fromEntries(unset.map(name => [name, null])) }),
    )
  }

  /**
   * Keeps numbers under their keys: nested objects become `a/b`, null and undefined are skipped. Returns at once and never
   * throws: what cannot be logged is counted on the run's page. When it has returned, a kill of this process loses nothing.
   */
  log(data: object, { step, commit }: LogOptions = {}): void {
    if (!this.#writer) return
    try {
      if (this.#ended) sayOnce('log() after finish() is not kept', 'ended')
      else this.#log(this.#writer, data, step, commit)
    } catch (error) {
      sayOnce(`log() failed and went on: ${error}`, 'log')
    }
  }

  #log(writer: Writer, data: unknown, step: unknown, commit: boolean | undefined): void {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      writer.refuse('', `log() takes an object, not ${Array.isArray(data) ? 'a list' : typeof data}`, null)
      return
    }
    const { keys, values, rounded, refused } = flatten(data)
    let at: number | null = null
    try {
      at = this.#row(
        step === undefined || step === null ? null : toStep(step),
        commit,
        keys.length + refused.length > 0,
      )
    } catch (error) {
      for (const key of keys) refused.push({ key, reason: (error as Error).message })
    }
    if (at !== null && keys.length > 0) {
      if (writer.put(keys, values, at)) writer.rounded += rounded
      else for (const key of keys) refused.push({ key, reason: 'the disk is full and so is the memory set aside' })
    }
    for (const { key, reason } of refused) writer.refuse(key, reason, at)
    if (rounded > 0) sayOnce('a whole number beyond 2^53 was rounded to float64', 'rounded')
  }

  /** The step of this call, and the current step after it. */
  #row(step: number | null, commit: boolean | undefined, filled: boolean): number {
    const at = step ?? this.#step
    if (at > this.#step) {
      this.#step = at
      this.#openRow = false
    }
    if (at === this.#step) {
      this.#openRow ||= filled
      if ((commit ?? step === null) && this.#openRow) {
        this.#step = at + 1
        this.#openRow = false
      }
    }
    return at
  }

  /** Journals one meta item; never throws. */
  tell(item: MetaItem): void {
    try {
      if (!this.#ended) this.#writer?.tell(item)
    } catch (error) {
      sayOnce(`${item.k} was not kept: ${error}`, 'tell')
    }
  }

  get offline(): boolean {
    return this.settings.mode === 'offline'
  }

  get disabled(): boolean {
    return this.#writer === null
  }

  /**
   * Whether somebody asked the run to stop on its page, heard within about 10 s. The program is interrupted then, as by
   * Ctrl-C, unless `settings: { stoppable: false }`: then only this tells.
   */
  get stopAsked(): boolean {
    return this.#writer?.stopAsked ?? false
  }

  /** The folder of this launch's journals. */
  get dir(): string | null {
    return this.#writer && launchPath(this.#writer.launch)
  }

  /**
   * The run's page, without asking anybody: known at once where the workspace is named, or where an earlier run with the same
   * key in the same folder learned it; else from the server's first answer on (said on stderr then). Null offline.
   */
  get url(): string | null {
    return this.#writer?.page.url ?? null
  }

  /** What `finish` waits for besides the server: the environment's capture. */
  waitFor(captured: Promise<void>): void {
    this.#captured = captured
  }

  /**
   * Ends the run and gives its receipt. Waits while acks arrive, at most `timeout` seconds (30), and gives up after 5 s
   * without one. What is pending stays in the journal, and the agent or `trackside sync` delivers it.
   */
  finish({ exitCode = 0, timeout = this.settings.finishTimeout }: FinishOptions = {}): Promise<Receipt> {
    this.#finishing ??= this.#finish(exitCode, timeout)
    return this.#finishing
  }

  async #finish(exitCode: number, timeout: number): Promise<Receipt> {
    if (this.#receipt) return this.#receipt
    await this.#captured
    this.#end(exitCode)
    await this.#writer?.whenDone(1000 * timeout)?.wait()
    return this.#settle()
  }

  /** For exit handlers: the same without promises. */
  finishBlocking(exitCode: number, timeout: number): void {
    if (this.#receipt) return
    this.#end(exitCode)
    this.#writer?.whenDone(1000 * timeout)?.waitBlocking()
    this.#settle()
  }

  /** SIGTERM: says what happened and waits for the acks; the signal then does its work. */
  partBlocking(signal: number, timeout: number): void {
    const writer = this.#writer
    if (!writer || writer.finished) return
    this.tell({ k: 'died', writer: writer.id, reason: `signal:${signal}`, time: Date.now() })
    this.#ended = true
    if (writer.journal.seq > 0) writer.whenStored(writer.journal.seq - 1, 1000 * timeout)?.waitBlocking()
  }

  #end(exitCode: number): void {
    this.#ended = true
    this.#writer?.finish(exitCode)
    this.#onEnd(this, exitCode === 0)
  }

  #settle(): Receipt {
    const writer = this.#writer
    if (!writer) {
      this.#receipt = receiptOf(0, 0, 0)
      return this.#receipt
    }
    writer.close()
    const ack = writer.ack()
    const done = (ack.flags & DONE) !== 0
    const refused = done ? Math.max(ack.refused, writer.refusals.count) : writer.refusals.count
    this.#receipt = receiptOf(writer.logged, done ? ack.stored : ack.upto + 1, refused)
    if (writer.launch.online && !done) this.#sayPending(writer, ack.flags)
    return this.#receipt
  }

  #sayPending(writer: Writer, flags: number): void {
    const error = readJson(writer.wordsPath)?.error as { message?: string } | null | undefined
    const otherwise =
      (flags & GONE) !== 0 ? 'the run was deleted' : (flags & KEY) !== 0 ? 'the server does not take the key' : null
    const why = error?.message ?? otherwise ?? 'the server was not reached in time'
    const how = (flags & NO) !== 0 ? 'trackside sync --id NEW' : 'trackside sync'
    say(`${this.#receipt?.pending} points wait in ${this.dir}: ${why}. \`${how}\` delivers them.`)
  }

  /** For resume `never` and `must`: throws UsageError on a clear no; without an answer it goes on. */
  async checkCondition(timeout: number): Promise<void> {
    const writer = this.#writer
    if (!writer) return
    await writer.whenOpened(1000 * timeout)?.wait()
    if ((writer.ack().flags & NO) === 0) return
    const error = readJson(writer.wordsPath)?.error as { message?: string } | null
    this.#ended = true
    writer.abandon()
    throw new UsageError(error?.message ?? `resume: '${this.settings.resume}': the server says no`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.finish()
  }
}
