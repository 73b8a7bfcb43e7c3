import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/test-db.ts'
import { copyRows, numbers } from './copy-rows.ts'

const { db } = await testDatabase()

test('rows come as the database holds them: any bytes, empty, NULL, longer than a packet, none', async () => {
  const found = await db.asIdentity(async ({ sql }) => {
    const rows: (number[] | null)[][] = []
    const take = (fields: (Buffer | null)[]) => rows.push(fields.map(field => field && [...field]))
    await copyRows(sql, `SELECT '\\xff0080'::bytea, ''::bytea, NULL::bytea, 258::int4`, take)
    await copyRows(sql, 'SELECT 1 WHERE false', take)
    let long = 0
    await copyRows(sql, `SELECT decode(repeat('ab', 300000), 'hex') FROM generate_series(1, 9)`, ([field]) => {
      if (field?.every(byte => byte === 0xab)) long += field.length
    })
    return { rows, long }
  })
  expect(found).toEqual({ rows: [[[255, 0, 128], [], null, [0, 0, 1, 2]]], long: 2_700_000 })
})

test('a query that fails and a taker that throws are told, and the connection goes on', async () => {
  await db.asIdentity(async ({ sql }) => {
    const thrown = copyRows(sql, 'SELECT generate_series(1, 5)', () => {
      throw new Error('not this one')
    })
    await expect(thrown).rejects.toThrow('not this one')
    expect((await sql.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
  const failing = db.asIdentity(({ sql }) => copyRows(sql, 'SELECT 1 / 0', () => {}))
  await expect(failing).rejects.toThrow('division by zero')
  expect(() => numbers([1, Number.NaN], 'int')).toThrow('no whole number')
})
