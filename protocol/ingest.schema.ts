import { z } from 'zod'
import { GOALS, STATISTICS } from './ingest.ts'
import { FRAME_BYTES_MAX, STEP_MAX } from './limits.ts'

/** What agents send, as the server checks it. Members it does not know are dropped. */

const writer = z.string().regex(/^[0-9a-f]{32}$/, 'is not 32 lower-case hex digits')
const run = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'is not 1 to 64 of A-Z a-z 0-9 _ . -')
const whole = z.int().min(-STEP_MAX).max(STEP_MAX)
const count = z.int().min(0)
/** PostgreSQL's text and jsonb hold neither NUL nor half a surrogate pair. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine(value => !value.includes('\0') && value.isWellFormed(), 'holds a NUL or half of a surrogate pair')

export const handshakeAuth = z.object({ key: z.string().max(200), protocol: z.int(), sdk: text(100) })

export const openBody = z.object({
  writer,
  run,
  project: text(500).min(1),
  workspace: text(40).min(1).nullable(),
  labels: z.record(text(200), text(200)).refine(labels => Object.keys(labels).length <= 20, 'has more than 20 members'),
  kind: z.enum(['user', 'telemetry']),
  host: text(255),
  pid: count,
  start: whole,
  sdk: text(100),
  condition: z.enum(['never', 'must']).optional(),
  created: whole,
})

export const frameBody = z
  .instanceof(Uint8Array)
  .refine(bytes => bytes.length <= FRAME_BYTES_MAX, `is larger than ${FRAME_BYTES_MAX} bytes`)

/** Any names: `z.record` would drop `__proto__`. */
const object = z.custom<Record<string, unknown>>(
  value => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype,
  'is not an object',
)

/** Systems have 32 bits for it; one without a sign is the same with one. */
const exitCode = z.int().transform(code => (Math.abs(code) < 2 ** 32 ? code | 0 : Math.sign(code) * (2 ** 31 - 1)))

/** Told apart by `k`. An item that fails is refused by itself, never its neighbours: parse one by one. */
export const metaItem = z.discriminatedUnion(
  'k',
  [
    z.object({
      k: z.literal('info'),
      name: text(500).optional(),
      notes: text(100_000).optional(),
      tags: z.array(text(200)).max(200).optional(),
      group: text(500).optional(),
      job_type: text(500).optional(),
      user: text(500).optional(),
    }),
    z.object({ k: z.literal('config'), set: object.optional(), unset: z.array(text(4096)).optional() }),
    z.object({ k: z.literal('summary'), set: object }),
    z.looseObject({ k: z.literal('env') }),
    z.object({
      k: z.literal('define'),
      name: text(1024).min(1),
      step_metric: text(1024).min(1).optional(),
      step_sync: z.boolean().optional(),
      summary: z.array(z.enum(STATISTICS)).max(STATISTICS.length).optional(),
      goal: z.enum(GOALS).optional(),
      hidden: z.boolean().optional(),
      overwrite: z.boolean().optional(),
    }),
    z.object({
      k: z.literal('refused'),
      key: text(4096),
      reason: text(4096),
      step: whole.nullable(),
      count: z.int().min(1),
    }),
    z.object({
      k: z.literal('finish'),
      exit_code: exitCode.nullable(),
      time: whole,
      logged: count,
      refused: count,
      rounded: count.optional(),
    }),
    z.object({ k: z.literal('died'), writer, reason: text(4096), time: whole }),
    z.object({ k: z.literal('lost'), first: count, count }),
    z.object({ k: z.literal('void') }),
  ],
  { error: 'is none that this server knows' },
)

export const metaBody = z.object({ writer, first: count, items: z.array(z.unknown()).min(1).max(10_000) })
export const beatBody = z.object({ writers: z.array(writer).max(10_000) })
export const receiptBody = z.object({ writer })
