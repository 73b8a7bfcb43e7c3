/** Deltas are handed out for so long, then the loop is left to acks and reads for so long: 500 at once held an ack up by 30 ms. */
const TURN_MS = 1
const REST_MS = 2
/** Who has waited this long finds no more rests before him. */
const PATIENCE_MS = 60

interface Waiting {
  act: () => void
  since: number
}

/** Where viewers who are owed a delta stand until it is their turn, in the order in which they came. */
export class Line {
  #waiting: Waiting[] = []
  #moving = false

  /** `act` is called in a later turn of the loop; it must not throw. */
  stand(act: () => void): void {
    this.#waiting.push({ act, since: performance.now() })
    if (this.#moving) return
    this.#moving = true
    setImmediate(() => this.#turn())
  }

  #turn(): void {
    const began = performance.now()
    let served = 0
    while (served < this.#waiting.length && performance.now() - began < TURN_MS) this.#waiting[served++]?.act()
    this.#waiting.splice(0, served)
    const [next] = this.#waiting
    this.#moving = next !== undefined
    if (!next) return
    if (performance.now() - next.since > PATIENCE_MS) setImmediate(() => this.#turn())
    else setTimeout(() => this.#turn(), REST_MS)
  }
}
