/**
 * The only way to make a process-wide thing: the server and Next's route handlers load separate copies of every
 * module, so a module-level value exists twice. What lives here exists once.
 */
export function once<T>(name: string, make: () => T): T {
  const place = globalThis as unknown as Record<symbol, T | undefined>
  const symbol = Symbol.for(`trackside.${name}`)
  const found = place[symbol]
  if (found !== undefined) return found
  const made = make()
  place[symbol] = made
  return made
}

/** Lets the next `once` of this name make a new one: for a server that has stopped. */
export function forget(name: string): void {
  Reflect.deleteProperty(globalThis, Symbol.for(`trackside.${name}`))
}
