import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { decodeFrame } from '../../../protocol/frame.ts'
import { makeFrames } from '../../testing/agent.ts'
import { mintWorkspace, mintWriter } from '../../testing/factories.ts'
import { testDatabase } from '../../testing/test-db.ts'
import { BusyError, type Doorbell, findReceipt, Points } from '../points.ts'
import { openDatabase } from '../postgres.ts'

const { db, urls } = await testDatabase()
const log = pino({ level: 'silent' })
const { workspaceId } = await mintWorkspace(db)

async function mintSender(labels: Record<string, string> = {}) {
  const { run, writer } = await mintWriter(db, workspaceId, labels)
  const frame = (steps = 1, first = 0) => {
    const [body] = makeFrames(writer, ['a'], steps, first) as [Uint8Array]
    return { workspaceId, run, writer, frame: decodeFrame(body), body, refused: [] }
  }
  return { run, writer, frame }
}

test('after a quiet spell a frame is committed at once; what comes meanwhile shares the next commit', async () => {
  const rings: Doorbell[][] = []
  const points = new Points(db, log, bells => rings.push(bells))
  const writers = await Promise.all([mintSender(), mintSender(), mintSender()])
  await Promise.all(writers.map(({ frame }) => points.append(frame())))
  expect(rings.map(bells => bells.map(({ run }) => run))).toEqual([
    [writers[0]?.run],
    [writers[1]?.run, writers[2]?.run],
  ])
  const [first] = writers
  const again = [1, 2, 3, 4].map(seq => points.append((first as (typeof writers)[0]).frame(1, seq)))
  expect(await Promise.all(again)).toEqual([1, 2, 3, 4].map(upto => ({ kept: true, upto })))
  // One commit of all four where the last one was less than 10 ms ago, else the first alone and then the others.
  expect(rings.at(-1)?.map(({ run }) => run)).toEqual([first?.run])
  expect([2, 3]).toContain(rings.at(-1)?.[0]?.cursor)
})

test('a frame that cannot be stored is set aside with its reason, its neighbours in the group are kept', async () => {
  const points = new Points(db, log, () => {})
  const good = await mintSender()
  // Longer than an index row may be, and not to be compressed: PostgreSQL itself refuses it.
  const bad = await mintSender({ label: randomBytes(4000).toString('base64') })
  const late = await mintSender()
  await points.append(late.frame())
  const answers = await Promise.all([
    points.append(late.frame(1, 1)),
    points.append(bad.frame(5)),
    points.append(good.frame(5)),
  ])
  expect(answers).toEqual([
    { kept: true, upto: 1 },
    { kept: false, quarantined: expect.stringContaining('index row'), upto: 4 },
    { kept: true, upto: 4 },
  ])
  const receipt = await db.inWorkspace(workspaceId, tx => findReceipt(tx, bad.run, bad.writer))
  expect(receipt).toEqual({ stored: 0, refused: 5, upto: 4 })
})

test('back-pressure: what is too much is told to wait, and nothing of it is kept', async () => {
  const points = new Points(db, log, () => {}, { waiting: 500 })
  const { frame, run, writer } = await mintSender()
  const answers = await Promise.allSettled([
    points.append(frame(5)),
    points.append(frame(5, 5)),
    points.append(frame(5, 10)),
  ])
  const refused = answers.filter(answer => answer.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const { reason } of refused) expect(reason).toBeInstanceOf(BusyError)
  await points.drained()
  const kept = answers.length - refused.length
  expect((await db.inWorkspace(workspaceId, tx => findReceipt(tx, run, writer)))?.stored).toBe(5 * kept)
  expect(await points.append(frame(5, 5 * kept))).toEqual({ kept: true, upto: 5 * kept + 4 })
})

test('while level 0 fills its budget of disk nothing is taken; when frames are sealed, all goes on', async () => {
  const points = new Points(db, log, () => {}, { level0: 1000 })
  const { frame, run, writer } = await mintSender()
  points.toldOfSealing({ level0: 400, bytesPerSecond: 1e6 })
  let next = 0
  for (;;) {
    const answer = await points.append(frame(5, next)).catch(error => error)
    if (answer instanceof BusyError) break
    next += 5
  }
  expect(next).toBeGreaterThan(0)
  expect((await db.inWorkspace(workspaceId, tx => findReceipt(tx, run, writer)))?.stored).toBe(next)
  points.toldOfSealing({ level0: 0, bytesPerSecond: 1e6 })
  expect(await points.append(frame(5, next))).toEqual({ kept: true, upto: next + 4 })
})

test('a database that is away keeps nothing and loses nothing: the sender waits', async () => {
  const away = openDatabase({ ...urls, app: urls.app.replace(/:\d+\//, ':1/') })
  const points = new Points(away, log, () => {})
  const { frame } = await mintSender()
  await expect(points.append(frame())).rejects.toBeInstanceOf(BusyError)
  await away.close()
})
