/** So many at a time; the rest wait in their order. */
export class Turns {
  readonly #most: number
  readonly #waiting: (() => void)[] = []
  #going = 0

  constructor(most: number) {
    this.#most = most
  }

  async take<T>(act: () => Promise<T>): Promise<T> {
    if (this.#going < this.#most) this.#going++
    else await new Promise<void>(resolve => this.#waiting.push(resolve))
    try {
      return await act()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#going--
    }
  }
}
