import { expect, test } from 'vitest'
import { mintWorkspace } from '../testing/factories.ts'
import { testDatabase } from '../testing/test-db.ts'

const { db } = await testDatabase()

interface Here {
  role: string
  workspaces: string
  isolation: string
  pid: number
}

const where = `SELECT current_user AS role, current_setting('app.workspaces') AS workspaces,
  current_setting('transaction_isolation') AS isolation, pg_backend_pid() AS pid`

test('a transaction sees its workspaces in both tongues, on one connection', async () => {
  const rows = await db.inWorkspace(['a', 'b'], async ({ prisma, sql }) => [
    (await sql.query<Here>(where)).rows[0],
    (await prisma.$queryRawUnsafe<Here[]>(where.replace('current_user', 'current_user::text')))[0],
  ])
  expect(rows[0]).toMatchObject({ role: 'trackside_app', workspaces: 'a,b', isolation: 'read committed' })
  expect(rows[1]).toEqual(rows[0])
})

test('many transactions at once never see the workspaces of another', async () => {
  const names = Array.from({ length: 100 }, (_, i) => `w${i}`)
  const seen = await Promise.all(
    names.map(name => db.inWorkspace(name, async ({ sql }) => (await sql.query<Here>(where)).rows[0]?.workspaces)),
  )
  expect(seen).toEqual(names)
})

test('identity work names no workspace and runs as the app role, jobs as the owner', async () => {
  const identity = await db.asIdentity(async ({ sql }) => (await sql.query<Here>(where)).rows[0])
  const jobs = await db.acrossWorkspaces(async ({ sql }) => (await sql.query<Here>(where)).rows[0])
  expect(identity).toMatchObject({ role: 'trackside_app', workspaces: '' })
  expect(jobs).toMatchObject({ role: 'trackside_owner', workspaces: '' })
})

test('a transaction can be one picture of the database', async () => {
  const { workspaceId } = await mintWorkspace(db)
  const name = (sql: { query(text: string): Promise<{ rows: unknown[] }> }) =>
    sql.query(`SELECT name FROM workspace WHERE workspace_id = '${workspaceId}'`).then(({ rows }) => rows[0])
  await db.inWorkspace(
    workspaceId,
    async ({ sql }) => {
      const before = await name(sql)
      await db.inWorkspace(workspaceId, async ({ prisma }) => {
        await prisma.workspace.update({ where: { workspaceId }, data: { name: 'another' } })
      })
      expect(await name(sql)).toEqual(before)
    },
    { repeatableRead: true },
  )
})

test('what throws is rolled back, in both tongues, and arrives as it was thrown', async () => {
  const { workspaceId } = await mintWorkspace(db)
  const thrown = new Error('no')
  const work = db.inWorkspace(workspaceId, async ({ prisma, sql }) => {
    await sql.query('UPDATE workspace SET name = $2 WHERE workspace_id = $1', [workspaceId, 'x'])
    await prisma.project.create({ data: { id: workspaceId, workspaceId, slug: 'p', name: 'p' } })
    throw thrown
  })
  await expect(work).rejects.toBe(thrown)
  const kept = await db.inWorkspace(workspaceId, ({ prisma }) => prisma.project.count({ where: { workspaceId } }))
  expect(kept).toBe(0)
})

test('the app role owns nothing, is no superuser, and cannot pass row-level security', async () => {
  const rows = await db.acrossWorkspaces(
    async ({ sql }) =>
      (
        await sql.query(`SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
          (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owns
          FROM pg_roles r WHERE rolname = 'trackside_app'`)
      ).rows,
  )
  expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owns: 0 }])
})
