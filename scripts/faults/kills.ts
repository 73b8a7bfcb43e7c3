import { setTimeout as pause } from 'node:timers/promises'
import { Delivery } from './delivery.ts'
import { ServerProcess } from './server-process.ts'
import { verifyStored } from './verify.ts'

export type Victim = 'server' | 'database'
type Moment = 'any moment' | 'frame sent, ack not come' | 'sealing'

export interface Killed {
  kills: Record<Moment, number>
  points: number
  pointsPerSecond: number
  /** Reconnects after which points had to be sent again, and after which points were there though their ack never came. */
  resent: number
  unheard: number
  busy: number
}

const TICK_MS = 20
const ROWS_A_TICK = 8
const SEAL_LOCK = 0x5ea1

/**
 * Kills the server or its database again and again while four writers log more than 1,000 points a second, then compares
 * all that was logged with all that is stored, before and after sealing.
 */
export async function killAndVerify(
  victim: Victim,
  kills: number,
  moments: Moment[] = ['any moment', 'frame sent, ack not come', 'sealing'],
): Promise<Killed> {
  const server = new ServerProcess()
  await server.start()
  const deliveries = [0, 1, 2, 3].map(i => new Delivery(server.url, server.key, `run-${i % 2}`, i))
  const began = Date.now()
  const logging = setInterval(() => deliveries.forEach(delivery => void delivery.log(ROWS_A_TICK)), TICK_MS)
  const counts: Killed['kills'] = { 'any moment': 0, 'frame sent, ack not come': 0, sealing: 0 }
  try {
    for (let i = 0; i < kills; i++) {
      const moment = moments[i % moments.length] as Moment
      await progressed(deliveries)
      await when(moment, server, deliveries)
      counts[moment]++
      if (victim === 'database') await server.killDatabase()
      else {
        await server.killServer()
        await server.start()
      }
    }
    await progressed(deliveries)
    clearInterval(logging)
    const seconds = (Date.now() - began) / 1000
    await until('all is delivered', () => {
      for (const delivery of deliveries) delivery.pump()
      return deliveries.every(({ acked, logged }) => acked === logged - 1)
    })
    const points = await verifyStored(server, deliveries)
    await sealed(server)
    await verifyStored(server, deliveries)
    return {
      kills: counts,
      points,
      pointsPerSecond: Math.round(points / seconds),
      resent: sum(deliveries, one => one.resent),
      unheard: sum(deliveries, one => one.unheard),
      busy: sum(deliveries, one => one.busy),
    }
  } finally {
    clearInterval(logging)
    for (const delivery of deliveries) delivery.close()
    await server.stop()
  }
}

async function until(what: string, met: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  const deadline = Date.now() + 1000 * seconds
  while (!(await met())) {
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`)
    await pause(5)
  }
}

/** What was logged until now is acked: the system is up again, and something can be lost. */
function progressed(deliveries: Delivery[]): Promise<void> {
  const marks = deliveries.map(({ logged }) => logged)
  return until('points are acked', () => deliveries.every(({ acked }, i) => acked >= (marks[i] as number)))
}

async function when(moment: Moment, server: ServerProcess, deliveries: Delivery[]): Promise<void> {
  if (moment === 'any moment') return pause(Math.random() * 500)
  if (moment === 'frame sent, ack not come') {
    const [delivery] = deliveries
    await new Promise<void>(resolve => {
      if (delivery) delivery.onSent = resolve
    })
    return pause(Math.random() * 4)
  }
  const sql = await server.sql()
  const held = 'SELECT FROM pg_locks WHERE locktype = $1 AND classid = $2 AND granted'
  await until('a run is being sealed', async () => (await sql.query(held, ['advisory', SEAL_LOCK])).rowCount !== 0)
  await sql.end().catch(() => {})
}

async function sealed(server: ServerProcess): Promise<void> {
  const sql = await server.sql()
  await until(
    'all is sealed',
    async () => (await sql.query('SELECT FROM metric_head WHERE cursor > sealed')).rowCount === 0,
  )
  await sql.end()
}

const sum = (deliveries: Delivery[], of: (delivery: Delivery) => number) =>
  deliveries.reduce((all, one) => all + of(one), 0)
