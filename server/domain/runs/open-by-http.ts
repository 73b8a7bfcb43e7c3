import { createHash } from 'node:crypto'
import { LEASE_MS } from '../../../protocol/ingest.ts'
import type { Ctx } from '../../context.ts'
import { expectWriter } from '../../store/points.ts'
import type { RunRef } from '../access/index.ts'
import { type OpenedWriter, openRun } from './open-run.ts'

/** How long a writer without an agent may be silent before its run is lost: nobody beats for it. */
const HTTP_SILENCE_MS = 15 * 60_000

/** A program's own name of a writer, as the 128 bits that writers are told apart by. */
const writerNamed = (name: string) => createHash('sha256').update(`http\0${name}`).digest('hex').slice(0, 32)

interface Opening {
  writer: string
  labels?: Record<string, string>
  condition?: 'never' | 'must'
}

/** Opens a run for a program that speaks plain HTTP; asked again, it is the same writer. */
export async function openByHttp(ctx: Ctx, ref: RunRef, opening: Opening): Promise<OpenedWriter> {
  const now = Date.now()
  const { writer, labels = {}, condition } = opening
  const opened = await openRun(ctx, {
    writer: writerNamed(writer),
    run: ref.run,
    project: ref.project,
    workspace: ref.workspace,
    labels,
    kind: 'user',
    host: '',
    pid: 0,
    start: now,
    created: now,
    sdk: 'http',
    ...(condition && { condition }),
  })
  await keepByHttp(ctx, opened)
  return opened
}

/** Says that the writer lives, for as long as one without an agent may be silent. */
export function keepByHttp({ db }: Ctx, { workspaceId, run, writer }: OpenedWriter): Promise<void> {
  return db.inWorkspace(workspaceId, tx => expectWriter(tx, run, writer, HTTP_SILENCE_MS - LEASE_MS))
}
