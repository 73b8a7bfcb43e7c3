import { isProtocolError } from '../../../protocol/errors.ts'
import { readFrameHeader } from '../../../protocol/frame.ts'
import type { FrameHeader } from '../../../protocol/frame-header.ts'
import type { RefusedItem } from '../../../protocol/ingest.ts'
import type { Ctx } from '../../context.ts'
import { gone, invalid } from '../../errors.ts'
import type { Answer } from '../../store/points.ts'
import { noteRefused, type OpenedWriter, reviveRuns } from '../runs/index.ts'
import { checkFrame } from './check-frame.ts'
import { pointsOf } from './points-of.ts'

/** What became of a frame: `upto` is the writer's mark, `items` what was refused of it; `resend` is the seq to send again from. */
export type Appended = { upto: number; items?: RefusedItem[] } | { resend: number } | { refused: string; upto: number }

/**
 * Takes one frame of a writer that is open; settles when it is durable. A frame that says whose it is but cannot be read is
 * set aside whole, so that its neighbours go on.
 */
export async function appendPoints(
  ctx: Ctx,
  find: (writer: string) => OpenedWriter | undefined,
  body: Uint8Array,
): Promise<Appended | undefined> {
  const header = readable(() => readFrameHeader(body))
  if ('fault' in header) throw invalid(header.fault)
  const at = find(header.writer)
  if (!at) return undefined
  const points = pointsOf(ctx.db)
  const { workspaceId, run, writer } = at
  const checked = readable(() => checkFrame(body))
  if ('fault' in checked) return setAside(ctx, at, header, body, checked.fault)
  const { items, ...taken } = checked
  const answer = await points.append({ workspaceId, run, writer, ...taken })
  if (answer.kept && answer.givenUp) await reviveRuns(ctx, [at], 'its points came')
  if (answer.kept && !answer.again && items.length > 0) await noteRefused(ctx, at, items)
  return answer.kept && items.length > 0 ? { upto: answer.upto, items } : toAppended(answer)
}

async function setAside(
  ctx: Ctx,
  at: OpenedWriter,
  { first, last }: FrameHeader,
  body: Uint8Array,
  fault: string,
): Promise<Appended> {
  const { workspaceId, run, writer } = at
  ctx.log.warn({ run, writer, fault }, 'a frame was set aside')
  const spoiled = { workspaceId, run, writer, frame: { first, last, holes: [] }, body }
  const answer = await pointsOf(ctx.db).quarantine(spoiled, fault)
  if (!answer.kept && 'quarantined' in answer)
    await noteRefused(ctx, at, [{ key: '*', reason: fault, count: last - first + 1 }])
  return toAppended(answer)
}

function toAppended(answer: Answer): Appended {
  if (answer.kept) return { upto: answer.upto }
  if ('resend' in answer) return { resend: answer.resend }
  if ('quarantined' in answer) return { refused: answer.quarantined, upto: answer.upto }
  throw gone('This run was deleted')
}

function readable<T extends object>(read: () => T): T | { fault: string } {
  try {
    return read()
  } catch (error) {
    if (isProtocolError(error)) return { fault: error.message }
    throw error
  }
}
