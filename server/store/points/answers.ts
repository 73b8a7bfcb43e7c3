import type { Window } from './choose.ts'
import type { Drawn, PanelAnswer, SeriesAnswer } from './panel.ts'
import type { Known, PanelRead } from './read-panel.ts'

/** Beside its columns: names, statistics, the map's own. */
const OVERHEAD = 1_000
const EXTENTS_MAX = 100_000
/** What is over its budget is brought down to this share of it. */
const ROOM_MADE = 0.9

/**
 * What was drawn of series, as it went out, within a budget of bytes; what was asked longest ago goes first. Names say of
 * which state of a series (generation, last commit) and which question, so nothing in here is ever wrong.
 */
export class Answers {
  readonly #budget: number
  readonly #drawn = new Map<string, Drawn>()
  readonly #extents = new Map<string, Window | null>()
  #bytes = 0

  constructor(budget: number) {
    this.#budget = budget
  }

  get bytes(): number {
    return this.#bytes
  }

  find(name: string): Drawn | undefined {
    const found = this.#drawn.get(name)
    if (!found) return undefined
    this.#drawn.delete(name)
    this.#drawn.set(name, found)
    return found
  }

  extentOf(identity: string): Window | null | undefined {
    return this.#extents.get(identity)
  }

  keep(name: string, drawn: Drawn): void {
    if (this.#drawn.has(name) || weightOf(drawn) > this.#budget / 4) return
    this.#drawn.set(name, drawn)
    this.#bytes += weightOf(drawn)
    if (this.#bytes <= this.#budget) return
    // Some at once: a map is gone through from its start past all that was deleted there.
    for (const [oldest, one] of this.#drawn) {
      if (this.#bytes <= ROOM_MADE * this.#budget) break
      this.#drawn.delete(oldest)
      this.#bytes -= weightOf(one)
    }
  }

  keepExtent(identity: string, extent: Window | null): void {
    this.#extents.set(identity, extent)
    if (this.#extents.size <= EXTENTS_MAX) return
    for (const oldest of this.#extents.keys()) {
      if (this.#extents.size <= ROOM_MADE * EXTENTS_MAX) break
      this.#extents.delete(oldest)
    }
  }
}

const weightOf = ({ body }: Drawn) => body.length + OVERHEAD

/** What of the kept answers one question finds: held on to until it is answered, whatever is dropped meanwhile. */
export class Found implements Known {
  readonly #answers: Answers
  readonly #drawn = new Map<string, Drawn>()
  readonly #extents = new Map<string, Window | null>()

  constructor(answers: Answers) {
    this.#answers = answers
  }

  has(name: string): boolean {
    const drawn = this.#answers.find(name)
    if (drawn) this.#drawn.set(name, drawn)
    return drawn !== undefined
  }

  extentOf(identity: string): Window | null | undefined {
    const extent = this.#answers.extentOf(identity)
    if (extent !== undefined) this.#extents.set(identity, extent)
    return extent
  }

  /** The same for another thread. */
  told(): { names: Set<string>; extents: Map<string, Window | null> } {
    return { names: new Set(this.#drawn.keys()), extents: this.#extents }
  }

  /** Puts in what was known, and keeps what was not. */
  complete({ heads, series }: PanelRead, starts: PanelAnswer['starts'], hasXs: boolean): PanelAnswer {
    const whole = series.map(({ name, identity, extent, drawn, ...rest }): SeriesAnswer => {
      const all = drawn ?? this.#drawn.get(name)
      if (!all) throw new Error('what is drawn of a series is neither told nor known')
      if (drawn && rest.state === 'full') {
        this.#answers.keep(name, drawn)
        if (extent !== undefined) this.#answers.keepExtent(identity, extent)
      }
      return { ...rest, ...all, hasXs }
    })
    return { heads, starts, series: whole }
  }
}
