import type { MetaItem } from '../../../protocol/ingest.ts'
import { plainText } from './plain.ts'

const MOST_AT_ONCE = 1000
const REST = '(further keys)'

interface Due {
  key: string
  reason: string
  step: number | null
  count: number
}

/** Items that could not be logged: counted one by one, journaled at most once a second for each (key, reason). */
export class Refusals {
  count = 0
  #due = new Map<string, Due>()
  #written = new Map<string, number>()

  /** Counts one; true where it is the first of all. */
  add(key: string, reason: string, step: number | null): boolean {
    let name = plainText(key).slice(0, 300)
    this.count++
    if (!this.#due.has(pair(name, reason)) && this.#due.size >= MOST_AT_ONCE) name = REST
    const due = this.#due.get(pair(name, reason)) ?? { key: name, reason, step, count: 0 }
    due.count++
    due.step = step
    this.#due.set(pair(name, reason), due)
    return this.count === 1
  }

  /** Meta items for what was refused since and not written within the last second. */
  take(everything = false): MetaItem[] {
    if (this.#due.size === 0) return []
    const now = performance.now()
    const items: MetaItem[] = []
    for (const [name, due] of this.#due) {
      if (!everything && now - (this.#written.get(name) ?? Number.NEGATIVE_INFINITY) < 1000) continue
      this.#due.delete(name)
      this.#written.set(name, now)
      items.push({ k: 'refused', ...due })
    }
    if (this.#written.size > 10 * MOST_AT_ONCE) this.#written.clear()
    return items
  }
}

function pair(key: string, reason: string): string {
  return `${key}\0${reason}`
}
