/** A place for one piece of work among those that are done at once. */
export interface Place {
  /** Whether it has one, or gets one now. */
  take(): boolean
  /** Settles once it has one. */
  wait(): Promise<void>
  leave(): void
}

/** So many pieces of work at once; others wait in the order in which they came. */
export class Places {
  readonly #queue: (() => void)[] = []
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  place(): Place {
    let has = false
    const take = () => {
      if (!has && this.#free > 0) {
        this.#free--
        has = true
      }
      return has
    }
    return {
      take,
      wait: async () => {
        if (take()) return
        await new Promise<void>(resolve => this.#queue.push(resolve))
        has = true
      },
      leave: () => {
        if (!has) return
        has = false
        const next = this.#queue.shift()
        if (next) next()
        else this.#free++
      },
    }
  }
}
