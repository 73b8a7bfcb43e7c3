/** What the sealer says of itself, about once a second. */
export interface SealingWord {
  /** Bytes that level 0 takes on disk. */
  level0: number
  /** Bytes of frames that it seals in a second of work; undefined where it has sealed none yet. */
  bytesPerSecond: number | undefined
}

/** Above this share of the budget, frames are taken at the pace at which they are sealed. */
const EASY = 0.5

/**
 * Keeps level 0 within a budget of disk. Up to half of it all frames are taken as they come; above, groups are spaced so that
 * they bring 1.5 times (at the half) down to 0.5 times (at the brim) what the sealer can seal; at the brim none is taken.
 * Senders then wait for their answers, or are told to come again: their journals hold what we do not.
 */
export class Pace {
  readonly #budget: number
  #level0 = 0
  #rate: number | undefined
  #heard = false

  constructor(budget: number) {
    this.#budget = budget
  }

  told({ level0, bytesPerSecond }: SealingWord): void {
    this.#heard = true
    this.#level0 = level0
    if (bytesPerSecond) this.#rate = this.#rate === undefined ? bytesPerSecond : (3 * this.#rate + bytesPerSecond) / 4
  }

  /** Until the next word of the sealer, what is committed adds up: one that has died stops the senders, not the disk. */
  committed(bytes: number): void {
    if (this.#heard) this.#level0 += bytes
  }

  get full(): boolean {
    return this.#level0 >= this.#budget
  }

  /** Ms from the start of a group of so many bytes to that of the next one. */
  spacing(bytes: number): number {
    const over = this.#level0 / this.#budget - EASY
    if (over <= 0 || this.#rate === undefined) return 0
    const share = Math.max(0.5, 1.5 - over / EASY)
    return (1000 * bytes) / (this.#rate * share)
  }
}
