import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { once } from './store/once.ts'

/** The server's own measurements. Labels never name a tenant. */
export function registry(): Registry {
  return once('prometheus', () => {
    const made = new Registry()
    collectDefaultMetrics({ register: made })
    return made
  })
}

/** Time to answer, by door. */
export function requestSeconds(): Histogram<'door' | 'status'> {
  return once(
    'prometheus.requests',
    () =>
      new Histogram({
        name: 'trackside_http_request_seconds',
        help: 'Time from a request to the end of its answer',
        labelNames: ['door', 'status'],
        buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
        registers: [registry()],
      }),
  )
}

/** Points made durable. */
export function pointsKept(): Counter {
  return once(
    'prometheus.points',
    () => new Counter({ name: 'trackside_points_total', help: 'Points made durable', registers: [registry()] }),
  )
}
