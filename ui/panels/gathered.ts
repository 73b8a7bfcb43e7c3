import type { QueryClient } from '@tanstack/react-query'

type Filters = readonly Parameters<QueryClient['invalidateQueries']>[0][]

/** Leading edge: the first is done at once, all that come within the next moment are done at its end. */
export function gathered(client: QueryClient, pause: number) {
  let waiting: Set<Filters[number]> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const run = (filters: Iterable<Filters[number]>) => {
    for (const filter of filters) client.invalidateQueries(filter)
    waiting = new Set()
    timer = setTimeout(() => {
      const more = waiting
      waiting = null
      if (more && more.size > 0) run(more)
    }, pause)
  }
  const read = (filters: Filters) => {
    if (!waiting) return run(filters)
    for (const filter of filters) waiting.add(filter)
  }
  read.end = () => clearTimeout(timer)
  return read
}
