import { isProtocolError } from '../../../protocol/errors.ts'
import { decodeFrame, readFrameHeader } from '../../../protocol/frame.ts'
import type { Ctx } from '../../context.ts'
import { gone, invalid } from '../../errors.ts'
import type { Answer } from '../../store/points.ts'
import { type OpenedWriter, reviveRuns } from '../runs/index.ts'
import { pointsOf } from './points-of.ts'

/** What became of a frame: `upto` is the writer's mark; `resend` is the seq to send again from. */
export type Appended = { upto: number } | { resend: number } | { refused: string; upto: number }

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
  const frame = readable(() => decodeFrame(body))
  if ('fault' in frame) {
    ctx.log.warn({ run, writer, fault: frame.fault }, 'a frame was set aside')
    const { first, last } = header
    return toAppended(
      await points.quarantine({ workspaceId, run, writer, frame: { first, last, holes: [] }, body }, frame.fault),
    )
  }
  const answer = await points.append({ workspaceId, run, writer, frame, body, refused: [] })
  if (answer.kept && answer.givenUp) await reviveRuns(ctx, [at], 'its points came')
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
