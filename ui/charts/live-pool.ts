/** Someone who draws with a lent thing and can go on without it. */
export type Borrower<T> = { inView: () => boolean; takeBack: (thing: T) => void }

/**
 * Lends a few costly things. When all are out, the one that was used longest ago by a borrower out of view is taken back;
 * only when every borrower is in view are there more than `most`.
 */
export function createPool<T>(most: number, make: () => T) {
  const lent = new Map<Borrower<T>, T>()
  const idle: T[] = []

  /** The thing that `borrower` has, or another; using it makes it the newest. */
  function lend(borrower: Borrower<T>): T {
    const thing = lent.get(borrower) ?? idle.pop() ?? takeOne() ?? make()
    lent.delete(borrower)
    lent.set(borrower, thing)
    return thing
  }

  function takeOne(): T | undefined {
    if (lent.size < most) return undefined
    for (const [borrower, thing] of lent) {
      if (borrower.inView()) continue
      lent.delete(borrower)
      borrower.takeBack(thing)
      return thing
    }
    return undefined
  }

  function giveBack(borrower: Borrower<T>): void {
    const thing = lent.get(borrower)
    if (thing === undefined) return
    lent.delete(borrower)
    idle.push(thing)
  }

  return { lend, giveBack, has: (borrower: Borrower<T>) => lent.has(borrower) }
}
