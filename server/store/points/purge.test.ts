import { pino } from 'pino'
import { expect, test } from 'vitest'
import { decodeFrame } from '../../../protocol/frame.ts'
import { makeFrames } from '../../testing/agent.ts'
import { mintWorkspace, mintWriter } from '../../testing/factories.ts'
import { makeDatabase } from '../../testing/test-db.ts'
import { checkInvariants, listDeleted, metricBytes, Points, purgeRun, vacuumMetrics } from '../points.ts'
import { turnRing } from './ring.ts'
import { sealRun } from './seal.ts'

const { db } = await makeDatabase()
const { workspaceId } = await mintWorkspace(db)
const points = new Points(db, pino({ level: 'silent' }), () => {})

/** A run of noisy curves, the last frame of which is not sealed. */
async function mintRun(steps: number) {
  const { run, writer } = await mintWriter(db, workspaceId)
  const frames = makeFrames(writer, ['a', 'b', 'c', 'd'], steps, 0, Math.random)
  const append = (body: Uint8Array) =>
    points.append({ workspaceId, run, writer, frame: decodeFrame(body), body, refused: [] })
  for (const body of frames.slice(0, -1)) await append(body)
  await db.acrossWorkspaces(tx => sealRun(tx, run, 64 << 20))
  await append(frames.at(-1) as Uint8Array)
  return { run, writer, append, next: 4 * steps }
}

const broken = async () => (await checkInvariants(db)).filter(({ faults }) => faults > 0)
const chunkBytes = async () => {
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ bytes: string }>(`SELECT pg_total_relation_size('metric_chunk') AS bytes`),
  )
  return Number(rows[0]?.bytes)
}
const remove = (run: number) =>
  db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.run.update({ where: { run: BigInt(run) }, data: { deletedAt: new Date() } }),
  )

test('a deleted run leaves nothing; its space is used again, and a full vacuum returns it to the disk', async () => {
  const empty = await metricBytes(db)
  const { run, writer, append, next } = await mintRun(20_000)
  const other = await mintRun(500)
  await db.acrossWorkspaces(tx => sealRun(tx, other.run))
  expect(await broken()).toEqual([])
  const full = await metricBytes(db)
  const chunks = await chunkBytes()
  await remove(run)
  expect(await listDeleted(db)).toEqual([run])
  await purgeRun(db, run)
  expect(await listDeleted(db)).toEqual([])
  expect(await append(makeFrames(writer, ['a'], 1, next)[0] as Uint8Array)).toEqual({ kept: false, gone: true })
  for (const table of ['head', 'writer', 'frame', 'chunk', 'span', 'axis', 'series', 'quarantine']) {
    const { rowCount } = await db.acrossWorkspaces(({ sql }) =>
      sql.query(`SELECT FROM metric_${table} WHERE run = $1`, [run]),
    )
    expect([table, rowCount]).toEqual([table, 0])
  }
  await vacuumMetrics(db.urls.owner)
  const again = await mintRun(20_000)
  expect(await chunkBytes()).toBeLessThan(1.2 * chunks)
  await remove(again.run)
  await purgeRun(db, again.run)
  await turnRing(db, { ageMs: 0, bytes: 0 })
  await turnRing(db, { ageMs: 0, bytes: 0 })
  await vacuumMetrics(db.urls.owner, true)
  expect(await metricBytes(db)).toBeLessThan(empty + (full - empty) / 2)
  const [kept] = await points.readStats([workspaceId], { runs: [other.run] })
  expect(kept?.stats.count).toBe(500)
  expect(await broken()).toEqual([])
}, 60_000)

test('what does not hold together is found and named', async () => {
  const { run } = await mintRun(200)
  await db.acrossWorkspaces(tx => sealRun(tx, run))
  expect(await broken()).toEqual([])
  await db.acrossWorkspaces(({ sql }) => sql.query('DELETE FROM metric_chunk WHERE run = $1 AND series = 0', [run]))
  await db.acrossWorkspaces(({ sql }) => sql.query('DELETE FROM metric_axis WHERE run = $1', [run]))
  const found = await broken()
  expect(found.map(({ check }) => check)).toEqual([
    'every chunk has its axis, long enough',
    'what writers were told is stored is there',
  ])
  expect(found[1]?.examples).toEqual([{ run: String(run), acknowledged: '800', stored: '600' }])
})
