import { valuesAt } from '../../../series/join.ts'
import { limit } from '../../errors.ts'
import type { Tx } from '../postgres.ts'
import { isWithin, type Window } from './choose.ts'
import type { Columns } from './chunks.ts'
import { type Cut, cutByKey, cutByUnit, mostPoints, shrunk } from './draw.ts'
import { drawn, joined } from './drawn.ts'
import { loadPoints, type Wanted } from './load-many.ts'
import { type Chosen, choose, chosenChunks, takeOutlines } from './outline.ts'
import { inside, loadShown, readOverview } from './overview.ts'
import { type Drawn, type PanelQuestion, shiftOf, unitOf } from './panel.ts'
import { quickStats, slowStats } from './read-stats.ts'
import type { SeriesPicture } from './snapshot.ts'

/** A series of a panel, with the one that gives its x where that is another key. */
export interface Subject extends Omit<SeriesPicture, 'chunks'> {
  identity: string
  x: Omit<SeriesPicture, 'chunks'> | undefined
}

export interface Read {
  tx: Tx
  question: PanelQuestion
  exactMax: number
  pointsMax: number
  check: () => void
}

/** 24 bytes each while they are drawn: more would not fit a small server's memory. */
export const POINTS_MAX = 30_000_000

/** Points that are unpacked together: enough to fetch small series many at a time, few enough to let others in between. */
const BATCH = 500_000

/** Draws these series; along another key those in `joins` are joined already. */
export async function drawAll(
  read: Read,
  unknown: Subject[],
  domain: Window | null,
  joins: Joins,
): Promise<Map<Subject, Drawn>> {
  if (typeof read.question.x === 'object') return drawByKey(read, unknown, domain, joins)
  const plans = await planAll(read, unknown)
  const points = plans.reduce((sum, { overview, chosen }) => sum + (overview ? 0 : chosen.n), 0)
  if (points > read.pointsMax)
    throw limit(`This panel's window holds too many points to draw: zoom in, or show fewer runs`)
  const all = new Map<Subject, Drawn>()
  for (const batch of batches(plans)) {
    read.check()
    await drawBatch(read, batch, domain, all)
  }
  return all
}

export interface Plan {
  subject: Subject
  chosen: Chosen
  overview: boolean
  /** All chunks of the series are read. */
  whole: boolean
}

/** Which chunks of these series are read, and whether their points or their summaries. */
export async function planAll(read: Read, subjects: Subject[]): Promise<Plan[]> {
  const { question, tx, exactMax } = read
  const { detail } = question
  return (await takeOutlines(tx, subjects)).map((outline, i) => {
    const subject = subjects[i] as Subject
    const chosen = choose(outline, unitOf(question.x), windowOf(question, subject.row.run))
    const overview = chosen.orderly && (detail === 'overview' || (detail !== 'exact' && chosen.n > exactMax))
    const whole = chosen.spans.length === outline.spans.length && chosen.chunks.length === outline.chunks.length
    return { subject, chosen, overview, whole }
  })
}

function* batches(plans: Plan[]): Generator<Plan[]> {
  let batch: Plan[] = []
  let n = 0
  for (const plan of plans) {
    if (batch.length > 0 && n + plan.chosen.n > BATCH) {
      yield batch
      batch = []
      n = 0
    }
    batch.push(plan)
    n += plan.chosen.n
  }
  if (batch.length > 0) yield batch
}

/** The window in steps or in ms since 1970. */
export function windowOf(question: PanelQuestion, run: number): Window | null {
  const shift = shiftOf(question, run)
  return question.window && [question.window[0] + shift, question.window[1] + shift]
}

async function drawBatch(read: Read, plans: Plan[], domain: Window | null, all: Map<Subject, Drawn>): Promise<void> {
  const exact = plans.filter(({ overview }) => !overview)
  const loaded = await loadExact(read, exact, domain)
  for (const plan of exact)
    all.set(plan.subject, await drawExact(read, plan, loaded.get(plan) ?? { points: [], dropped: 0 }, domain))
  const small = plans.filter(({ overview, chosen }) => overview && chosen.spans.length === 0)
  await drawSmall(read, small, domain, all)
  for (const { subject, chosen } of plans.filter(({ overview, chosen }) => overview && chosen.spans.length > 0)) {
    const { question, tx } = read
    const window = windowOf(question, subject.row.run)
    const { points: shown, total } = await readOverview(
      tx,
      subject.row,
      chosen,
      question.width,
      unitOf(question.x),
      window,
    )
    all.set(subject, await asOverview(read, subject, shown, total, domain))
  }
}

/** What of a series lies in chunks. */
export interface Loaded {
  points: Columns[]
  /** Points of the window that M4 left out already. */
  dropped: number
}

/** Draws a series from its points. */
export async function drawExact(
  { tx, question }: Read,
  { subject, whole }: Plan,
  { points, dropped }: Loaded,
  domain: Window | null,
): Promise<Drawn> {
  const own = drawn([...points, ...subject.late])
  const stats = quickStats(subject) ?? (await slowStats(tx, subject, whole && dropped === 0 ? own : undefined))
  const cut = cutByUnit(own, question, domain, subject.row.run)
  const [total, every] = [cut.total + dropped, cut.every && dropped === 0]
  return { ...cut, total, every, stats, domain, exact: true }
}

/** Whether M4 can go chunk by chunk: only by step are chunks in order of x. */
export const isShrinkable = ({ overview, chosen }: Plan, { x, width }: PanelQuestion): boolean =>
  !overview && unitOf(x) === 'step' && chosen.orderly && chosen.n > mostPoints(width)

/** Points of the chunks of these plans, fetched together. Of chunks within the window only what M4 keeps, where that is less. */
async function loadExact(read: Read, plans: Plan[], domain: Window | null): Promise<Map<Plan, Loaded>> {
  const { question, tx } = read
  const by = unitOf(question.x)
  const all = new Map<Plan, Loaded>()
  const wanted: (Wanted & { plan: Plan })[] = []
  for (const plan of plans) {
    const { row } = plan.subject
    all.set(plan, { points: [], dropped: 0 })
    for (const chunk of await chosenChunks(tx, row, plan.chosen, by, windowOf(question, row.run)))
      wanted.push({ ...chunk, generation: row.generation, plan })
  }
  const blocks = await loadPoints(tx.sql, wanted, (points, { plan, ...place }) => {
    const { run } = plan.subject.row
    if (!domain || !isShrinkable(plan, question) || !isWithin(place, by, windowOf(question, run))) return points
    const kept = shrunk(points, question, domain, run)
    ;(all.get(plan) as Loaded).dropped += points.steps.length - kept.steps.length
    return kept
  })
  read.check()
  for (const [i, { plan }] of wanted.entries()) all.get(plan)?.points.push(blocks[i] as Columns)
  return all
}

/** Overviews of series without spans, fetched together. */
async function drawSmall(read: Read, plans: Plan[], domain: Window | null, all: Map<Subject, Drawn>): Promise<void> {
  const { question, tx } = read
  const sizeOf = ({ chosen: { n } }: Plan) => [4096, 512].find(size => n / size >= 8 * question.width) ?? 64
  const wanted = plans.map(plan =>
    plan.chosen.chunks.map(chunk => ({ ...chunk, plan, generation: plan.subject.row.generation })),
  )
  const by = unitOf(question.x)
  const totals = new Map(plans.map(plan => [plan, 0]))
  const shown = await loadShown(
    tx.sql,
    wanted,
    ({ plan }) => sizeOf(plan),
    ({ steps, times }, { plan }) => {
      const own = inside(by === 'step' ? steps : times, windowOf(question, plan.subject.row.run))
      totals.set(plan, (totals.get(plan) as number) + own)
    },
  )
  for (const [i, plan] of plans.entries())
    all.set(plan.subject, await asOverview(read, plan.subject, shown[i] as Columns, totals.get(plan) as number, domain))
}

async function asOverview(
  { tx, question }: Read,
  subject: Subject,
  shown: Columns,
  sealed: number,
  domain: Window | null,
): Promise<Drawn> {
  const { row, late } = subject
  const window = windowOf(question, row.run)
  const xs = late.map(({ steps, times }) => (unitOf(question.x) === 'step' ? steps : times))
  const total = sealed + xs.reduce((sum, column) => sum + inside(column, window), 0)
  const stats = quickStats(subject) ?? (await slowStats(tx, subject))
  // None of it is every point: what M4 leaves of a narrow plot draws the same.
  const points = cutByUnit(joined([shown, ...late]), question, domain, row.run, 4 * question.width)
  return { ...points, total, every: false, exact: false, stats, domain }
}

async function drawByKey(read: Read, unknown: Subject[], domain: Window | null, joins: Joins) {
  const all = new Map<Subject, Drawn>()
  for (const subject of unknown) {
    const { points, xs } = await joinOnce(read, joins, subject)
    const cut: Cut = cutByKey(points, xs, read.question, domain)
    const stats = quickStats(subject) ?? (await slowStats(read.tx, subject, points))
    all.set(subject, { ...cut, exact: true, stats, domain })
    joins.delete(subject)
  }
  return all
}

interface Joined {
  points: Columns
  xs: Float64Array
}

/** Points of series with their x from another key. */
export type Joins = Map<Subject, Joined>

export async function joinOnce(read: Read, joins: Joins, subject: Subject): Promise<Joined> {
  read.check()
  const found = joins.get(subject) ?? (await joinedPoints(read, subject))
  joins.set(subject, found)
  const held = [...joins.values()].reduce((sum, { xs }) => sum + xs.length, 0)
  if (held > POINTS_MAX) throw limit(`This panel holds more than ${POINTS_MAX} points: show fewer runs`)
  return found
}

async function joinedPoints(read: Read, subject: Subject): Promise<Joined> {
  const points = await allDrawn(read, subject)
  const { x } = read.question
  const other = subject.x ? await allDrawn(read, subject.x) : undefined
  const xs =
    other && typeof x === 'object'
      ? valuesAt(other.steps, other.values, points.steps, x.align)
      : new Float64Array(points.steps.length).fill(Number.NaN)
  return { points, xs }
}

async function allDrawn({ tx }: Read, one: Omit<SeriesPicture, 'chunks'>): Promise<Columns> {
  const [outline] = await takeOutlines(tx, [one])
  if (!outline) throw new Error('a series has no outline')
  const chunks = await chosenChunks(tx, one.row, choose(outline, 'step', null), 'step', null)
  const loaded = await loadPoints(
    tx.sql,
    chunks.map(chunk => ({ ...chunk, generation: one.row.generation })),
  )
  return drawn([...loaded, ...one.late])
}
