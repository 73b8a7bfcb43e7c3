import { join } from 'node:path'
import type { JournalHeader } from '../../../protocol/journal.ts'
import { hostName } from './folder.ts'
import { Journal } from './journal.ts'
import { headerOf, newWriterId } from './writer.ts'

/** The agent as a writer: one journal a run, for its telemetry and for the deaths that the agent saw. */
export class Station {
  readonly folder: string
  readonly writer = newWriterId()
  readonly header: JournalHeader
  /** The run's first writer on this host. */
  readonly first: JournalHeader
  /** When the next sample is due (ms of performance.now). */
  nextSample = 0
  readonly #journal: Journal

  constructor(folder: string, first: JournalHeader) {
    this.folder = folder
    this.first = first
    const { run, project, workspace, base_url, mode = 'online', key_hint, named_server, launch } = first
    const of = {
      run,
      project,
      workspace,
      base_url,
      labels: { host: hostName() },
      mode,
      ...(named_server === undefined ? {} : { named_server }),
      ...(key_hint ? { key_hint } : {}),
    }
    const place = { folder: join(folder, '..', '..'), name: launch ?? '', online: true, header: of }
    const header = headerOf(place, this.writer, 'telemetry')
    this.header = { ...header, segment: 0, first_seq: 0, first_meta: 0 }
    this.#journal = new Journal(folder, header)
  }

  /** Step = ms since the `start` of the run's first writer on this host. */
  write(sample: Map<string, number>): void {
    const now = Date.now()
    if (sample.size > 0) this.#journal.putPoints([...sample.keys()], [...sample.values()], now - this.first.start, now)
  }

  died(writer: string, reason: string): void {
    this.#journal.putMeta(JSON.stringify({ k: 'died', writer, reason, time: Date.now() }))
  }

  close(): void {
    const item = { k: 'finish', exit_code: null, time: Date.now(), logged: this.#journal.seq, refused: 0 }
    this.#journal.putMeta(JSON.stringify(item))
    this.#journal.close()
  }
}
