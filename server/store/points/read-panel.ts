import type { Tx } from '../postgres.ts'
import { extent, extentOf, joinWindows, type Window } from './choose.ts'
import { mostPoints, packed } from './draw.ts'
import { drawAll, type Joins, joinOnce, POINTS_MAX, type Read, type Subject } from './draw-all.ts'
import { joined } from './drawn.ts'
import { drawInLanes, type Lane } from './lanes.ts'
import { takeOutlines } from './outline.ts'
import { EXACT_MAX } from './overview.ts'
import { type Drawn, type Held, type PanelQuestion, shiftOf, unitOf } from './panel.ts'
import { quickStats } from './read-stats.ts'
import type { StoredSeries } from './series-rows.ts'
import { type Head, type SeriesPicture, TooLarge, takeLate } from './snapshot.ts'
import type { Tail } from './tail.ts'

/** What the asker has from before: extents of series by their identity, and what was drawn of them by its name. */
export interface Known {
  extentOf(identity: string): Window | null | undefined
  has(name: string): boolean
}

/** A series of a panel: what is drawn of it, or undefined where it is known by its name. */
export interface ReadSeries {
  head: Head
  row: StoredSeries
  state: 'full' | 'tail' | 'same'
  name: string
  identity: string
  /** Undefined where nothing asked for it. */
  extent: Window | null | undefined
  drawn: Drawn | undefined
}

export interface PanelRead {
  heads: Map<number, Head>
  series: ReadSeries[]
}

export interface ReadLimits {
  /** More points than this are not unpacked here: `lanes` draw them, or, where there are none, TooLarge is thrown. */
  most?: number
  lanes?: () => Promise<Lane[] | undefined>
  exactMax?: number
  /** Throws where nobody waits for the answer any more. */
  check?: () => void
}

const nothingKnown: Known = { extentOf: () => undefined, has: () => false }

type Late = Omit<SeriesPicture, 'chunks'>

/** Answers a panel from one picture of the database (a REPEATABLE READ transaction). */
export async function readPanel(
  tx: Tx,
  tail: Tail | undefined,
  question: PanelQuestion,
  known: Known = nothingKnown,
  { most = Number.POSITIVE_INFINITY, lanes: takeLanes, exactMax = EXACT_MAX, check = () => {} }: ReadLimits = {},
): Promise<PanelRead> {
  const { heads, subjects } = await takeSubjects(tx, tail, question)
  const answers: ReadSeries[] = []
  const open = subjects.filter(subject => {
    const kept = sinceHeld(subject, question)
    if (kept) answers.push(kept)
    return !kept
  })
  const extents: Extents = new Map(
    subjects.map(subject => [subject, stepExtent(subject, question) ?? known.extentOf(subject.identity)]),
  )
  const lacking = subjects.filter(subject => !question.window && extents.get(subject) === undefined)
  const named = lacking.length === 0 ? namesOf(open, question, extents) : undefined
  const unread = named ? open.filter(subject => !known.has(named.get(subject) as string)) : open
  let lanes: Lane[] | undefined
  if (pointsOf([...new Set([...unread, ...lacking])]) > most) {
    lanes = typeof question.x === 'object' ? undefined : await takeLanes?.()
    if (!lanes) throw new TooLarge()
  }
  check()
  const read = { tx, question, exactMax, pointsMax: POINTS_MAX, check }
  const joins = await findExtents(read, lacking, extents)
  const names = named ?? namesOf(open, question, extents)
  const unknown = open.filter(subject => !known.has(names.get(subject) as string))
  const domain = domainOf(question, extents)
  const drawn = await (lanes ? drawInLanes(read, unknown, domain, lanes) : drawAll(read, unknown, domain, joins))
  for (const subject of open)
    answers.push({
      ...told(subject, names.get(subject) as string, extents.get(subject)),
      state: 'full',
      drawn: drawn.get(subject),
    })
  const order = new Map(subjects.map(({ row }, i) => [row, i]))
  return { heads, series: answers.sort((one, other) => (order.get(one.row) ?? 0) - (order.get(other.row) ?? 0)) }
}

/** Along another key they are found by joining: what was joined is returned. */
async function findExtents(read: Read, lacking: Subject[], extents: Extents): Promise<Joins> {
  const joins: Joins = new Map()
  const { x } = read.question
  if (typeof x === 'object')
    for (const subject of lacking) extents.set(subject, extentOf((await joinOnce(read, joins, subject)).xs))
  else
    for (const [i, outline] of (await takeOutlines(read.tx, lacking)).entries())
      extents.set(lacking[i] as Subject, extent(outline, unitOf(x)))
  return joins
}

const told = ({ head, row, identity }: Subject, name: string, own: Window | null | undefined) => ({
  head,
  row,
  identity,
  name,
  extent: own,
})

const pointsOf = (subjects: Subject[]) =>
  subjects.reduce((sum, { row, late, x }) => sum + countOf({ row, late }) + (x ? countOf(x) : 0), 0)

const countOf = ({ row, late }: Pick<Late, 'row' | 'late'>) =>
  row.stats.count + late.reduce((sum, { steps }) => sum + steps.length, 0)

/** The series asked for, each with the one that gives its x where that is a key. */
async function takeSubjects(tx: Tx, tail: Tail | undefined, { starts, keys, labels, x }: PanelQuestion) {
  const xKey = typeof x === 'object' ? x.key : undefined
  const wanted = xKey === undefined ? keys : [...new Set([...keys, xKey])]
  const { heads, series } = await takeLate(tx, tail, { runs: [...starts.keys()], keys: wanted })
  const bySet = new Map(
    series.filter(({ row }) => row.key === xKey).map(one => [`${one.row.run} ${one.row.labelSet}`, one]),
  )
  const asked = series.filter(
    ({ row }) =>
      keys.includes(row.key) && Object.entries(labels ?? {}).every(([name, value]) => row.labels[name] === value),
  )
  const subjects = asked.map((one): Subject => {
    const other =
      xKey === undefined ? undefined : (bySet.get(`${one.row.run} ${one.row.labelSet}`) ?? bySet.get(`${one.row.run} `))
    const along = typeof x === 'object' ? `${x.align} ${other && identityOf(other)}` : unitOf(x)
    return { ...one, x: other, identity: `${identityOf(one)} ${along}` }
  })
  return { heads, subjects }
}

/** The same as long as the series stays as it is. */
const identityOf = ({ head, row, late }: Late) =>
  `${row.run}.${head.epoch}.${row.series}.${row.generation}.${row.cursor}.${late.at(-1)?.cursor ?? 0}`

/** Of steps the statistics know it. */
function stepExtent({ row, late }: Late, { x }: PanelQuestion): Window | null | undefined {
  return x === 'step' ? joinWindows(ofStats(row), extent({ spans: [], chunks: [], late }, 'step')) : undefined
}

const ofStats = ({ stats: { first, last } }: StoredSeries): Window | null => first && last && [first.step, last.step]

type Extents = Map<Subject, Window | null | undefined>

/** The x that a panel's columns are laid over: the window, else from the first to the last point of all its series. */
function domainOf(question: PanelQuestion, extents: Extents): Window | null {
  if (question.window) return question.window
  let domain: Window | null = null
  for (const [{ row }, own] of extents) {
    const shift = shiftOf(question, row.run)
    if (own) domain = joinWindows(domain, [own[0] - shift, own[1] - shift])
  }
  return domain
}

/** Under which what is drawn of each series is kept. */
function namesOf(subjects: Subject[], question: PanelQuestion, extents: Extents): Map<Subject, string> {
  const { width, detail, window } = question
  const rest = JSON.stringify([window !== null, domainOf(question, extents), width, detail ?? 'auto'])
  return new Map(subjects.map(one => [one, `${one.identity} ${shiftOf(question, one.row.run)} ${rest}`]))
}

/** What the asker holds still stands, or continues with what is still in frames. */
function sinceHeld(subject: Subject, { x, width, held }: PanelQuestion): ReadSeries | undefined {
  const { head, row, late } = subject
  const found = held.find(
    one =>
      one.run === row.run &&
      one.key === row.key &&
      sameLabels(one.labels, row.labels) &&
      one.epoch === head.epoch &&
      one.generation === row.generation,
  )
  if (!found || found.cursor < row.cursor || found.cursor > head.cursor) return undefined
  const stats = quickStats(subject)
  const fresh = joined(late.filter(({ cursor }) => cursor > found.cursor))
  const more = fresh.steps.length
  // What is committed since may be more than a plot of this width holds as points; along a key it may move what is there.
  if (!stats || more > mostPoints(width) || (typeof x === 'object' && found.cursor < head.cursor)) return undefined
  const drawn = { ...packed(fresh), stats, total: 0, every: true, exact: true, cut: null, domain: null }
  return { ...told(subject, '', undefined), state: more === 0 ? 'same' : 'tail', drawn }
}

function sameLabels(one: Held['labels'], other: Held['labels']): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every(name => one[name] === other[name])
}
