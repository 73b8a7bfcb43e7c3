import type { MetaItem } from '../../../protocol/ingest.ts'
import { definitionItem, type MetricDefinition } from './definition.ts'
import { UsageError } from './errors.ts'
import type { Chosen } from './settings.ts'

/** What a program says of its run besides numbers: how it is called, and what its keys mean. */
export abstract class Words {
  #name: string | null
  #notes: string | null
  #tags: readonly string[]

  constructor({ name, notes, tags }: Pick<Chosen, 'name' | 'notes' | 'tags'>) {
    this.#name = name ?? null
    this.#notes = notes || null
    this.#tags = [...new Set(tags)]
  }

  /** Journals one meta item; never throws. */
  abstract tell(item: MetaItem): void

  /** What people call the run. Null until it is given one here; the server then calls it `run-N`. */
  get name(): string | null {
    return this.#name
  }

  set name(name: string) {
    if (typeof name !== 'string' || name === '') throw new UsageError(`name is ${JSON.stringify(name)}; it is a text`)
    this.#name = name
    this.tell({ k: 'info', name })
  }

  get notes(): string | null {
    return this.#notes
  }

  set notes(notes: string | null) {
    this.#notes = notes || null
    this.tell({ k: 'info', notes: notes ?? '' })
  }

  /** Each once, in order: `run.tags = [...run.tags, 'baseline']`. */
  get tags(): readonly string[] {
    return this.#tags
  }

  set tags(tags: readonly string[]) {
    this.#tags = [...new Set(tags)]
    this.tell({ k: 'info', tags: [...this.#tags] })
  }

  /**
   * Says how a key is read: `run.defineMetric('val/*', { stepMetric: 'epoch', summary: 'max', goal: 'maximize' })`. Said
   * again, it adds to what was said under the same name. In a pattern `*` stands for any characters; a key is defined by its
   * own name, else by the longest pattern that matches; one that begins with `_` matches none. Throws UsageError for what
   * cannot be meant.
   */
  defineMetric(name: string, said: MetricDefinition = {}): void {
    this.tell(definitionItem(name, said))
  }
}
