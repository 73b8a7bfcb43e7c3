import { initTRPC } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { workspaceRef } from './domain/access/index.ts'
import { type Asked, guard, router } from './doors/trpc/init.ts'
import { appRouter } from './doors/trpc/router.ts'
import {
  everyRow,
  mintWorld,
  newMarker,
  sentences,
  type World,
  walkPages,
  walkProcedures,
  walkRoutes,
  walkSockets,
} from './testing/access-matrix.ts'
import { type KeyedServer, startKeyedServer } from './testing/agent.ts'

let server: KeyedServer
let foreign: World
beforeAll(async () => {
  server = await startKeyedServer({}, 'built')
  foreign = await mintWorld(server.house, newMarker())
}, 180_000)
afterAll(() => server?.stop())

test('every procedure, for everybody, in the own workspace, another and none, is as the policy says', async () => {
  const before = await everyRow(server.house, foreign.workspaceId)
  const { calls, faults } = await walkProcedures(server.house, appRouter, foreign)
  expect(sentences(faults)).toEqual([])
  expect(calls).toBeGreaterThan(1_000)
  expect(await everyRow(server.house, foreign.workspaceId)).toEqual(before)
}, 600_000)

test('every machine door, for everybody, is as the policy says', async () => {
  const world = await mintWorld(server.house, newMarker())
  const { calls, faults } = await walkRoutes(server, world, foreign)
  expect(sentences(faults)).toEqual([])
  expect(calls).toBeGreaterThan(200)
}, 180_000)

test('every event of every socket, for everybody, is as the policy says', async () => {
  const world = await mintWorld(server.house, newMarker())
  const { calls, faults } = await walkSockets(server, world, foreign)
  expect(sentences(faults)).toEqual([])
  expect(calls).toBeGreaterThan(100)
}, 180_000)

test('every page, for everybody, shows its workspace to those who may read it and does not exist to others', async () => {
  const world = await mintWorld(server.house, newMarker())
  const { calls, faults } = await walkPages(server, world, foreign)
  expect(sentences(faults)).toEqual([])
  expect(calls).toBeGreaterThan(300)
}, 300_000)

describe('the matrix turns red at', () => {
  /** Reads whatever is named, whoever asks. */
  const readsAnything = ({ ctx, input }: { ctx: Asked; input: { workspace: string } }) =>
    ctx.ctx.db.acrossWorkspaces(async ({ prisma }) => {
      const { workspaceId } = await prisma.workspace.findUniqueOrThrow({ where: { slug: input.workspace } })
      const runs = await prisma.run.findMany({ where: { workspaceId }, select: { name: true } })
      return runs
    })

  test('a procedure that declares nothing', async () => {
    const t = initTRPC.context<Asked>().create()
    const planted = t.router({ planted: t.procedure.input(workspaceRef).query(readsAnything) })
    const found = sentences((await walkProcedures(server.house, planted, foreign)).faults)
    expect(found).toContain('planted: declares no action')
    expect(found).toContain('planted by nobody, foreign: leaks another workspace')
    expect(found).toContain('planted by nobody, own: OK instead of UNAUTHENTICATED')
  }, 180_000)

  test('a procedure that declares an action and does not ask for it', async () => {
    const planted = router({ planted: guard('run.read').input(workspaceRef).query(readsAnything) })
    const found = sentences((await walkProcedures(server.house, planted, foreign)).faults)
    expect(found).toContain('planted by owner, foreign: leaks another workspace')
    expect(found).toContain('planted by stranger, own: OK instead of NOT_FOUND')
  }, 180_000)
})
