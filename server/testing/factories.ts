import { randomBytes, randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { type Actor, system } from '../actor.ts'
import type { Ctx } from '../context.ts'
import { addWriter, type Labels } from '../store/points.ts'
import type { Database } from '../store/postgres.ts'
import { testDatabase } from './test-db.ts'

export async function mintCtx(actor: Actor = system, db?: Database): Promise<Ctx> {
  return {
    actor,
    requestId: randomUUID(),
    address: '127.0.0.1',
    log: pino({ level: 'silent' }),
    db: db ?? (await testDatabase()).db,
  }
}

export interface MintedWorkspace {
  workspaceId: string
  slug: string
  owner: { userId: string; email: string; actor: Actor }
}

/** A workspace of a test's own, with its owner. */
export async function mintWorkspace(db?: Database): Promise<MintedWorkspace> {
  const database = db ?? (await testDatabase()).db
  const workspaceId = randomUUID()
  const userId = randomUUID()
  const slug = `w-${workspaceId.slice(0, 13)}`
  const email = `${slug}@example.com`
  await database.inWorkspace(workspaceId, async ({ prisma }) => {
    await prisma.user.create({ data: { id: userId, email, name: `Owner of ${slug}` } })
    await prisma.workspace.create({ data: { workspaceId, slug, name: slug } })
    await prisma.member.create({ data: { workspaceId, userId, role: 'owner' } })
  })
  return { workspaceId, slug, owner: { userId, email, actor: { kind: 'member', userId } } }
}

export interface MintedWriter {
  /** The server's own number. */
  run: number
  /** 32 hex digits. */
  writer: string
}

/** A run with one writer, in the workspace's one project of such runs. */
export async function mintWriter(db: Database, workspaceId: string, labels: Labels = {}): Promise<MintedWriter> {
  const writer = randomBytes(16).toString('hex')
  const run = await db.inWorkspace(workspaceId, async tx => {
    await tx.prisma.project.createMany({
      data: { id: workspaceId, workspaceId, slug: 'p', name: 'p' },
      skipDuplicates: true,
    })
    const data = { workspaceId, projectId: workspaceId, id: writer, name: 'r', ordinal: 1 }
    const row = await tx.prisma.run.create({ data })
    await addWriter(tx, { workspaceId, run: Number(row.run), writer, labels, kind: 'user', host: null })
    return Number(row.run)
  })
  return { run, writer }
}
