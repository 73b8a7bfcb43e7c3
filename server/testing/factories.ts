import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { type Actor, system } from '../actor.ts'
import type { Ctx } from '../context.ts'
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
