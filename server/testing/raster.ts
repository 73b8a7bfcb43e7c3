/** A two-colour picture of 1 px lines between points in order, drawn apart from the code under test. */
export class Raster {
  readonly #width: number
  readonly #height: number
  readonly #lit: Uint8Array

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#lit = new Uint8Array(width * height)
  }

  /** xs in [from, to] lie in the picture, the last column at `to`; ys from `low` at the bottom to `high` at the top. */
  draw(
    xs: ArrayLike<number>,
    ys: ArrayLike<number>,
    [from, to]: readonly [number, number],
    [low, high]: readonly [number, number],
  ): void {
    let px = 0
    let py = 0
    for (let i = 0; i < xs.length; i++) {
      const x = Math.floor((((xs[i] as number) - from) / (to - from)) * this.#width)
      const y = Math.floor((((ys[i] as number) - low) / (high - low)) * (this.#height - 1))
      if (i === 0) this.#light(x, y)
      else if (!(px < 0 && x < 0) && !(px >= this.#width && x >= this.#width)) this.#segment(px, py, x, y)
      px = x
      py = y
    }
  }

  /** Pixels in which the two pictures differ. */
  wrong(other: Raster): number {
    let wrong = 0
    for (let i = 0; i < this.#lit.length; i++) if (this.#lit[i] !== other.#lit[i]) wrong++
    return wrong
  }

  #light(x: number, y: number): void {
    if (x >= 0 && x < this.#width && y >= 0 && y < this.#height) this.#lit[y * this.#width + x] = 1
  }

  /** Bresenham, both ends lit. */
  #segment(x0: number, y0: number, x1: number, y1: number): void {
    const dx = Math.abs(x1 - x0)
    const dy = -Math.abs(y1 - y0)
    const sx = x0 < x1 ? 1 : -1
    const sy = y0 < y1 ? 1 : -1
    let x = x0
    let y = y0
    for (let error = dx + dy; ; ) {
      this.#light(x, y)
      if (x === x1 && y === y1) return
      const twice = 2 * error
      if (twice >= dy) {
        error += dy
        x += sx
      }
      if (twice <= dx) {
        error += dx
        y += sy
      }
    }
  }
}
