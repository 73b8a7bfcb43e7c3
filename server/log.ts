import { randomUUID } from 'node:crypto'
import { type Logger, pino, stdSerializers } from 'pino'
import { once } from './store/once.ts'

export type Log = Logger

/** The log of this process. */
export function log(): Log {
  return once('log', () =>
    pino({
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: stdSerializers.err },
      redact: ['authorization', 'cookie', 'password', 'key', '*.authorization', '*.cookie', '*.password'],
    }),
  )
}

const acceptable = /^[A-Za-z0-9_.-]{8,64}$/

/** A request's id: the caller's own when it is a tame one, so that it can be followed across a proxy. */
export function requestId(given?: string | string[]): string {
  return typeof given === 'string' && acceptable.test(given) ? given : randomUUID()
}
