import type { z } from 'zod'
import { metaBody, metaItem } from '../../../protocol/ingest.schema.ts'
import type { Ctx } from '../../context.ts'
import { gone, isDomainError, notFound } from '../../errors.ts'
import { isFaultOfData } from '../../store/fault-of-data.ts'
import { lockMeta, type MetaMoved, moveMeta } from '../../store/points.ts'
import type { Tx } from '../../store/postgres.ts'
import { lockRun } from './change-state.ts'
import { announceChanged } from './changed.ts'
import { closeAfter, type Ending, endOf } from './end-writer.ts'
import { type MetaChanges, noChanges, withItem, writeChanges } from './meta-changes.ts'
import type { OpenedWriter } from './open-run.ts'
import { tame } from './tame.ts'

export { metaBody }
export type MetaBody = z.output<typeof metaBody>
export type MetaItem = z.output<typeof metaItem>

/** `resend`: the ordinal to send again from. */
export type MetaAnswer = { meta: number } | { resend: number }

/** Applies what is new of these items, in order; one that cannot be read or kept is passed over and listed, its neighbours stay. */
export async function applyMeta(ctx: Ctx, at: OpenedWriter, body: MetaBody): Promise<MetaAnswer> {
  const done = await applyWithoutFaults(ctx, at, body)
  if ('meta' in done) {
    const what = body.items.some(isDefinition) ? 'keys' : 'run'
    announceChanged({ workspaceId: at.workspaceId, project: at.projectId, runs: [String(at.run)], what })
  }
  return done
}

/** Items that cannot be kept together are halved until the one at fault stands alone. */
async function applyWithoutFaults(ctx: Ctx, at: OpenedWriter, body: MetaBody): Promise<MetaAnswer> {
  try {
    return await applyTogether(ctx, at, body)
  } catch (error) {
    if (!isFaultOfData(error) && !isInvalid(error)) throw error
    const { first, items } = body
    if (items.length === 1) {
      const reason = isInvalid(error) ? (error as Error).message : 'cannot be kept'
      return applyTogether(ctx, at, { ...body, items: [new PassedOver(items[0], reason)] })
    }
    const half = items.length >> 1
    const done = await applyWithoutFaults(ctx, at, { ...body, items: items.slice(0, half) })
    if ('resend' in done) return done
    return applyWithoutFaults(ctx, at, { ...body, first: first + half, items: items.slice(half) })
  }
}

/** An item that cannot be read or kept, in words for the run's page: it is no point, and counts as none. */
class PassedOver {
  readonly key: string
  readonly reason: string
  constructor(item: unknown, reason: string) {
    this.key = nameOf(item)
    this.reason = reason
  }
}

/** What the item was about: its kind, and the first of the members that it sets. */
function nameOf(item: unknown): string {
  const { k, set } = (typeof item === 'object' && item !== null ? item : {}) as { k?: unknown; set?: unknown }
  const kind = typeof k === 'string' ? k : 'item'
  const [member] = typeof set === 'object' && set !== null ? Object.keys(set) : []
  return member === undefined ? kind : `${kind}/${member}`
}

const isDefinition = (item: unknown) => typeof item === 'object' && item !== null && 'k' in item && item.k === 'define'

const isInvalid = (error: unknown) => isDomainError(error) && error.code === 'INVALID'

function applyTogether(ctx: Ctx, at: OpenedWriter, body: MetaBody): Promise<MetaAnswer> {
  return ctx.db.inWorkspace(at.workspaceId, async tx => {
    const run = await lockRun(tx, at.run)
    if (!run) throw gone('This run was deleted')
    const mark = await lockMeta(tx, at.run, at.writer)
    if (mark === undefined) throw notFound('writer')
    if (body.first > mark + 1) return { resend: mark + 1 }
    const read = body.items.slice(mark + 1 - body.first).map(readItem)
    const last = Math.max(mark, body.first + body.items.length - 1)
    const { changes, endings, moved } = sorted(
      read.flatMap(item => (item instanceof PassedOver ? [] : [item])),
      last,
    )
    const passedOver = read.flatMap(item => (item instanceof PassedOver ? [asRefused(item)] : []))
    await writeChanges(tx, run, { ...changes, passedOver })
    await moveMeta(tx, at.run, at.writer, moved)
    await end(tx, run, at, endings)
    return { meta: last }
  })
}

function readItem(item: unknown): MetaItem | PassedOver {
  if (item instanceof PassedOver) return item
  const read = metaItem.safeParse(item)
  if (read.success) return read.data
  const [issue] = read.error.issues
  return new PassedOver(item, issue ? `${issue.path.join('.')} ${issue.message}`.trim() : 'cannot be read')
}

const asRefused = ({ key, reason }: PassedOver) => ({ key: tame(key), reason: tame(reason), step: null, count: 1 })

function sorted(items: MetaItem[], meta: number) {
  let changes: MetaChanges = noChanges
  const endings: Ending[] = []
  const moved: MetaMoved = { meta, refused: 0 }
  for (const item of items) {
    if (item.k === 'finish' || item.k === 'died') endings.push(endOf(item))
    if (item.k === 'refused') moved.refused += item.count
    if (item.k === 'finish') Object.assign(moved, { closed: true, logged: item.logged })
    changes = withItem(changes, item)
  }
  return { changes, endings, moved }
}

async function end(tx: Tx, run: NonNullable<Awaited<ReturnType<typeof lockRun>>>, at: OpenedWriter, endings: Ending[]) {
  let state = run.state
  for (const ending of endings) state = (await closeAfter(tx, { ...run, state }, at.writer, ending)) ?? state
}
