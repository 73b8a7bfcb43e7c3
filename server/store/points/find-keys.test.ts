import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { mintWorkspace } from '../../testing/factories.ts'
import { testDatabase } from '../../testing/test-db.ts'
import { Points } from '../points.ts'

const { db } = await testDatabase()
const { workspaceId } = await mintWorkspace(db)
const points = new Points(db, pino({ level: 'silent' }), () => {})

test('a run of 100,000 keys is listed page by page, and searched by text and by expression', async () => {
  const run = 1_000_000_000 + randomBytes(3).readUIntBE(0, 3)
  await db.acrossWorkspaces(({ sql }) =>
    sql.query(
      `INSERT INTO metric_series (workspace_id, run, series, key)
       SELECT $1, $2, i, format('layer.%s/Grad.%s', lpad((i / 10)::text, 5, '0'), i % 10) FROM generate_series(0, 99999) AS i`,
      [workspaceId, run],
    ),
  )
  const find = (page: object) => points.findKeys([workspaceId], { runs: [run], limit: 500, ...page })
  const first = await find({})
  expect(first.length).toBe(500)
  expect((await find({ after: first.at(-1) }))[0]).toBe('layer.00050/Grad.0')
  expect(await find({ after: 'layer.09999/Grad.8' })).toEqual(['layer.09999/Grad.9'])
  expect(await find({ search: { text: '00777/GRAD.3' } })).toEqual(['layer.00777/Grad.3'])
  expect(await find({ search: { text: '%' } })).toEqual([])
  expect((await find({ search: { regex: '^layer\\.0001[0-4]/Grad\\.[15]$' } })).length).toBe(10)
  await expect(find({ search: { regex: '(' } })).rejects.toMatchObject({ code: 'INVALID' })
  const began = performance.now()
  await find({ search: { regex: '9/Grad.9$' } })
  expect(performance.now() - began).toBeLessThan(2_000)
}, 60_000)
