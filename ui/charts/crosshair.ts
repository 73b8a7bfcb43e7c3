/** Where the reader points, shared by all charts of the same x. */
export type Pointed = {
  readonly x: number
  /** The chart that is pointed at, the line in it that is nearest, and where the chart stands in the window. */
  readonly owner: object
  readonly near: string | null
  readonly place: { readonly left: number; readonly top: number }
} | null

export type Crosshair = {
  readonly get: () => Pointed
  readonly set: (pointed: Pointed) => void
  readonly subscribe: (listener: () => void) => () => void
}

const shared = new Map<string, Crosshair>()

/** The crosshair of all charts that name the same `sync`. Listeners are told at most once a frame. */
export function crosshairOf(sync: string): Crosshair {
  const known = shared.get(sync)
  if (known) return known
  const made = createCrosshair()
  shared.set(sync, made)
  return made
}

function createCrosshair(): Crosshair {
  let pointed: Pointed = null
  let asked = false
  const listeners = new Set<() => void>()
  const tell = () => {
    asked = false
    for (const listener of listeners) listener()
  }
  return {
    get: () => pointed,
    set: next => {
      if (next === pointed) return
      pointed = next
      if (asked) return
      asked = true
      requestAnimationFrame(tell)
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
