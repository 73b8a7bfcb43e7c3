import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type JournalHeader, parseSegmentName } from '../../../protocol/journal.ts'
import { DONE, readAck } from './receipt.ts'
import { readHeader } from './tail.ts'

const KEEP_MS = 7 * 86_400_000

export interface Shelved {
  folder: string
  header: JournalHeader
}

/** The journals of a folder. `takeNew` gives each writer once. */
export class Shelf {
  readonly #runs: string
  readonly #seen = new Map<string, number>()
  readonly #known = new Set<string>()

  constructor(runs: string) {
    this.#runs = runs
  }

  *takeNew(): Generator<Shelved> {
    for (const folder of launchesIn(this.#runs)) {
      const changed = changeOf(folder)
      if (changed === null || this.#seen.get(folder) === changed) continue
      let whole = true
      for (const writer of writersIn(folder)) {
        if (this.#known.has(writer)) continue
        const header = headerOf(folder, writer)
        if (header) {
          this.#known.add(writer)
          yield { folder, header }
        } else whole = false
      }
      // a change within the same tick of the clock would not show
      if (whole && Date.now() - changed > 1000) this.#seen.set(folder, changed)
    }
  }
}

/** The first header of a writer that can be read: damage of one segment's head costs only that. */
export function headerOf(folder: string, writer: string): JournalHeader | null {
  const names = namesIn(folder).filter(name => parseSegmentName(name)?.writer === writer)
  for (const name of names.toSorted()) {
    const header = readHeader(join(folder, name))
    if (header?.writer === writer) return header
  }
  return null
}

/** Folders of launches below `runs`, or `runs` itself where it is one launch. */
export function launchesIn(runs: string): string[] {
  const names = namesIn(runs).toSorted()
  if (names.some(name => parseSegmentName(name) !== null)) return [runs]
  return names.map(name => join(runs, name)).filter(path => statSync(path, { throwIfNoEntry: false })?.isDirectory())
}

export function writersIn(folder: string): string[] {
  return [...new Set(namesIn(folder).flatMap(name => parseSegmentName(name)?.writer ?? []))].toSorted()
}

/** Launches whose writers are all delivered go 7 days after their last change. */
export function tidy(runs: string): void {
  for (const folder of launchesIn(runs)) {
    const changed = changeOf(folder)
    if (changed === null || folder === runs || Date.now() - changed < KEEP_MS) continue
    const writers = writersIn(folder)
    const delivered = (writer: string) => ((readAck(join(folder, `${writer}.ack`))?.flags ?? 0) & DONE) !== 0
    if (writers.length > 0 && writers.every(delivered)) rmSync(folder, { recursive: true, force: true })
  }
}

function changeOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? null
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
