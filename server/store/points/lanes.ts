import type { Tx } from '../postgres.ts'
import { isWithin, type Window } from './choose.ts'
import type { Columns } from './chunks.ts'
import { shrunk } from './draw.ts'
import {
  drawAll,
  drawExact,
  isShrinkable,
  type Loaded,
  type Plan,
  POINTS_MAX,
  planAll,
  type Read,
  type Subject,
  windowOf,
} from './draw-all.ts'
import { joined } from './drawn.ts'
import { loadPoints, type Wanted } from './load-many.ts'
import { chosenChunks } from './outline.ts'
import type { Drawn, PanelQuestion } from './panel.ts'
import { takeLate } from './snapshot.ts'

/** Draws a part of a panel somewhere else, from the same picture of the database. */
export interface Lane {
  /** In the order of `series`. */
  draw(part: DrawPart): Promise<Drawn[]>
  load(part: LoadPart): Promise<Loaded>
}

interface Part {
  question: PanelQuestion
  domain: Window | null
}

/** Some of the series of a panel. */
export interface DrawPart extends Part {
  series: { run: number; series: number }[]
  exactMax: number
  pointsMax: number
}

/** Some of the chunks of one series along step, of which M4 leaves little. */
export interface LoadPart extends Part {
  domain: Window
  chunks: Wanted[]
}

/** Draws these series in the lanes together: several are dealt out, of one alone the chunks. Not for an x by key. */
export async function drawInLanes(
  read: Read,
  subjects: Subject[],
  domain: Window | null,
  lanes: Lane[],
): Promise<Map<Subject, Drawn>> {
  const [only] = subjects
  const [plan] = only && subjects.length === 1 ? await planAll(read, [only]) : []
  if (plan && domain && isShrinkable(plan, read.question))
    return new Map([[plan.subject, await drawLong(read, plan, domain, lanes)]])
  const { question, exactMax } = read
  const dealt = deal(subjects, lanes.length)
  const parts = await Promise.all(
    dealt.map((own, i) =>
      (lanes[i] as Lane).draw({
        question: { ...question, ...namesOf(question, own), held: [] },
        domain,
        series: own.map(({ row: { run, series } }) => ({ run, series })),
        exactMax,
        pointsMax: Math.floor(POINTS_MAX / dealt.length),
      }),
    ),
  )
  return new Map(dealt.flatMap((own, i) => own.map((subject, j) => [subject, parts[i]?.[j] as Drawn])))
}

/** One after the other into as many parts, of about as many points each. */
function deal(subjects: Subject[], parts: number): Subject[][] {
  const total = subjects.reduce((sum, { row }) => sum + row.stats.count, 0)
  const dealt: Subject[][] = []
  let before = 0
  for (const subject of subjects) {
    const part = Math.min(parts - 1, Math.floor((parts * before) / Math.max(1, total)))
    const own = dealt[part]
    if (own) own.push(subject)
    else dealt[part] = [subject]
    before += subject.row.stats.count
  }
  return dealt.filter(own => own !== undefined)
}

/** A question of these series alone. */
function namesOf({ starts }: PanelQuestion, own: Subject[]): Pick<PanelQuestion, 'starts' | 'keys'> {
  const runs = new Set(own.map(({ row }) => row.run))
  return {
    starts: new Map([...starts].filter(([run]) => runs.has(run))),
    keys: [...new Set(own.map(({ row }) => row.key))],
  }
}

async function drawLong(read: Read, plan: Plan, domain: Window, lanes: Lane[]): Promise<Drawn> {
  const { row } = plan.subject
  const window = windowOf(read.question, row.run)
  const chunks = (await chosenChunks(read.tx, row, plan.chosen, 'step', window)).map(chunk => ({
    ...chunk,
    generation: row.generation,
  }))
  const each = Math.ceil(chunks.length / lanes.length)
  const loaded = await Promise.all(
    lanes.map((lane, i) =>
      lane.load({ question: read.question, domain, chunks: chunks.slice(i * each, (i + 1) * each) }),
    ),
  )
  const points = loaded.flatMap(one => one.points)
  return drawExact(read, plan, { points, dropped: loaded.reduce((sum, one) => sum + one.dropped, 0) }, domain)
}

/** Of series whose late points come from the database: the hot tail is the main thread's. */
export async function drawPart(tx: Tx, part: DrawPart, check: () => void): Promise<Drawn[]> {
  const { question, domain, exactMax, pointsMax } = part
  const { series } = await takeLate(tx, undefined, { runs: [...question.starts.keys()], keys: question.keys })
  const found = new Map(series.map(one => [`${one.row.run} ${one.row.series}`, one]))
  const subjects = part.series.map(({ run, series }): Subject => {
    const one = found.get(`${run} ${series}`)
    if (!one) throw new Error(`run ${run}: series ${series} is missing`)
    return { ...one, identity: '', x: undefined }
  })
  const drawn = await drawAll({ tx, question, exactMax, pointsMax, check }, subjects, domain, new Map())
  return subjects.map(subject => drawn.get(subject) as Drawn)
}

/** Chunks across the edges of the window come whole. */
export async function loadPart(
  { sql }: Tx,
  { question, domain, chunks }: LoadPart,
  check: () => void,
): Promise<Loaded> {
  let dropped = 0
  const blocks = await loadPoints(sql, chunks, (points: Columns, place) => {
    check()
    if (!isWithin(place, 'step', windowOf(question, place.run))) return points
    const kept = shrunk(points, question, domain, place.run)
    dropped += points.steps.length - kept.steps.length
    return kept
  })
  return { points: [joined(blocks)], dropped }
}
