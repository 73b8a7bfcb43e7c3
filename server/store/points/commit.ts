import type { Frame, Hole } from '../../../protocol/frame.ts'
import type { Tx } from '../postgres.ts'
import { type Labels, labelSetOf, seriesName } from './labels.ts'
import { holedFrom, pointsFrom } from './pieces.ts'
import type { WriterRef } from './tail.ts'

/** A checked frame on its way into level 0. */
export interface Arrival {
  workspaceId: string
  run: number
  /** 32 hex digits. */
  writer: string
  frame: Frame
  body: Uint8Array
  /** Those of its holes that the server refused: they count as refused, not as lost. */
  refused: Hole[]
}

export type Answer =
  /** `again`: all of it was kept before. `givenUp`: its run counts as lost or crashed, though this writer has not ended. */
  | { kept: true; upto: number; again?: boolean; givenUp?: boolean }
  | { kept: false; resend: number }
  | { kept: false; gone: true }
  | { kept: false; quarantined: string; upto: number }

/** A frame that this commit made durable. */
export interface Kept {
  run: number
  epoch: number
  cursor: number
  no: number
  writer: WriterRef
  firstSeq: number
  frame: Frame
  bytes: number
}

interface Mark extends WriterRef {
  upto: number
  gone: boolean
  givenUp: boolean
}

interface Placed {
  arrival: Arrival
  mark: Mark
  no: number
  firstSeq: number
}

interface Moved {
  run: number
  no: number
  upto: number
  points: number
  refused: number
}

/** Which series of a run are known to have their row: spares asking. */
export type KnownSeries = Map<number, Set<string>>

export interface Committed {
  answers: Answer[]
  kept: Kept[]
  /** Series that got their row in this commit. */
  fresh: { run: number; name: string }[]
}

/**
 * One group of frames in one transaction: locks the marks of its writers in key order, drops what is at or below a mark,
 * answers a frame that begins beyond `upto + 1` with where to send again from, then, in one statement, locks the heads in
 * key order, raises each cursor by 1, inserts the frames at it and moves the marks. Cursors become visible in order, on any
 * number of nodes, because a head stays locked until the commit.
 */
export async function commitGroup(tx: Tx, group: Arrival[], known: KnownSeries): Promise<Committed> {
  const marks = await lockMarks(tx, group)
  const { answers, placed, moved } = place(group, marks)
  if (moved.length === 0) return { answers, kept: [], fresh: [] }
  const heads = await insert(tx, placed, moved)
  const kept = placed.map(({ arrival: { run, frame, body }, mark, no, firstSeq }) => {
    const head = heads.get(run)
    if (!head) throw new Error(`run ${run} has no head`)
    const { no: writerNo, labels, labelSet, kind } = mark
    return { run, ...head, no, writer: { no: writerNo, labels, labelSet, kind }, firstSeq, frame, bytes: body.length }
  })
  return { answers, kept, fresh: await insertSeries(tx, placed, known) }
}

async function lockMarks(tx: Tx, group: Arrival[]): Promise<Map<string, Mark>> {
  const asked = new Map(group.map(arrival => [`${arrival.run} ${arrival.writer}`, arrival]))
  const { rows } = await tx.sql.query<{
    run: string
    writer: string
    no: number
    upto: string
    labels: Labels
    kind: string
    gone: boolean
    given_up: boolean
  }>(
    `SELECT w.run, encode(w.writer, 'hex') AS writer, w.no, w.upto, w.labels, w.kind, r.deleted_at IS NOT NULL AS gone,
       r.state IN ('lost', 'crashed') AND w.kind = 'user' AND NOT w.closed AS given_up
     FROM unnest($1::bigint[], $2::text[]) AS a (run, writer)
     JOIN metric_writer w ON w.run = a.run AND w.writer = decode(a.writer, 'hex')
     JOIN run r ON r.run = w.run
     ORDER BY w.run, w.writer FOR UPDATE OF w`,
    [[...asked.values()].map(({ run }) => run), [...asked.values()].map(({ writer }) => writer)],
  )
  return new Map(
    rows.map(({ run, writer, no, upto, labels, kind, gone, given_up: givenUp }) => [
      `${run} ${writer}`,
      { no, upto: Number(upto), labels, labelSet: labelSetOf(labels), kind, gone, givenUp },
    ]),
  )
}

/** Decides each frame against its writer's mark, moving the marks (in memory) as it goes. */
function place(group: Arrival[], marks: Map<string, Mark>) {
  const placed: Placed[] = []
  const moves = new Map<string, Moved>()
  const next = new Map<number, number>()
  const answers = group.map((arrival): Answer => {
    const { run, writer, frame } = arrival
    const mark = marks.get(`${run} ${writer}`)
    if (!mark || mark.gone) return { kept: false, gone: true }
    if (frame.first > mark.upto + 1) return { kept: false, resend: mark.upto + 1 }
    if (frame.last <= mark.upto) return { kept: true, upto: mark.upto, again: true }
    const firstSeq = mark.upto + 1
    const no = next.get(run) ?? 0
    next.set(run, no + 1)
    placed.push({ arrival, mark, no, firstSeq })
    const moved = moves.get(`${run} ${writer}`) ?? { run, no: mark.no, upto: 0, points: 0, refused: 0 }
    moved.upto = mark.upto = frame.last
    moved.points += pointsFrom(frame, firstSeq)
    moved.refused += holedFrom(arrival.refused, firstSeq)
    moves.set(`${run} ${writer}`, moved)
    return { kept: true, upto: frame.last, ...(mark.givenUp && { givenUp: true }) }
  })
  return { answers, placed, moved: [...moves.values()] }
}

/** Bodies travel as one binary parameter and are cut in the database: an array of them would travel as text. */
async function insert(
  tx: Tx,
  placed: Placed[],
  moved: Moved[],
): Promise<Map<number, { epoch: number; cursor: number }>> {
  let at = 1
  const from = placed.map(({ arrival: { body } }) => {
    at += body.length
    return at - body.length
  })
  const { rows } = await tx.sql.query<{ run: string; epoch: number; cursor: string }>(
    `WITH locked AS (
       SELECT run FROM metric_head WHERE run = ANY ($9::bigint[]) ORDER BY run FOR UPDATE
     ), heads AS (
       UPDATE metric_head h SET cursor = h.cursor + 1 FROM locked l WHERE h.run = l.run RETURNING h.run, h.epoch, h.cursor
     ), marks AS (
       UPDATE metric_writer w
       SET upto = m.upto, count = w.count + m.points, refused = w.refused + m.refused, beat_at = now()
       FROM unnest($9::bigint[], $10::int[], $11::bigint[], $12::bigint[], $13::bigint[]) AS m (run, no, upto, points, refused)
       WHERE w.run = m.run AND w.no = m.no
     ), frames AS (
       INSERT INTO metric_frame (workspace_id, run, cursor, no, writer, first_seq, last_seq, slot, body)
       SELECT f.workspace_id, f.run, h.cursor, f.no, f.writer, f.first_seq, f.last_seq, (SELECT slot FROM metric_ring),
         substring($14::bytea FROM f.at FOR f.length)
       FROM unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::bigint[], $6::bigint[], $7::int[], $8::int[])
         AS f (workspace_id, run, no, writer, first_seq, last_seq, at, length)
       JOIN heads h ON h.run = f.run
     )
     SELECT run, epoch, cursor FROM heads`,
    [
      placed.map(({ arrival }) => arrival.workspaceId),
      placed.map(({ arrival }) => arrival.run),
      placed.map(({ no }) => no),
      placed.map(({ mark }) => mark.no),
      placed.map(({ firstSeq }) => firstSeq),
      placed.map(({ arrival }) => arrival.frame.last),
      from,
      placed.map(({ arrival }) => arrival.body.length),
      moved.map(({ run }) => run),
      moved.map(({ no }) => no),
      moved.map(({ upto }) => upto),
      moved.map(({ points }) => points),
      moved.map(({ refused }) => refused),
      Buffer.concat(placed.map(({ arrival }) => arrival.body)),
    ],
  )
  return new Map(rows.map(({ run, epoch, cursor }) => [Number(run), { epoch, cursor: Number(cursor) }]))
}

/** Gives each series seen for the first time its row and small number; the locked head keeps others from doing so at once. */
async function insertSeries(tx: Tx, placed: Placed[], known: KnownSeries): Promise<{ run: number; name: string }[]> {
  const fresh = new Map<string, { arrival: Arrival; mark: Mark; key: string; name: string }>()
  for (const { arrival, mark } of placed)
    for (const key of arrival.frame.keys) {
      const name = seriesName(key, mark.labelSet)
      if (!known.get(arrival.run)?.has(name)) fresh.set(`${arrival.run} ${name}`, { arrival, mark, key, name })
    }
  if (fresh.size === 0) return []
  const rows = [...fresh.values()]
  await tx.sql.query(
    `INSERT INTO metric_series (workspace_id, run, series, key, labels, label_set, kind)
     SELECT i.workspace_id, i.run,
       coalesce((SELECT max(series) FROM metric_series s WHERE s.run = i.run), -1) + row_number() OVER (PARTITION BY i.run ORDER BY i.place),
       i.key, i.labels::jsonb, i.label_set, i.kind
     FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY AS i (workspace_id, run, key, labels, label_set, kind, place)
     WHERE NOT EXISTS (SELECT FROM metric_series s WHERE s.run = i.run AND s.key = i.key AND s.label_set = i.label_set)`,
    [
      rows.map(({ arrival }) => arrival.workspaceId),
      rows.map(({ arrival }) => arrival.run),
      rows.map(({ key }) => key),
      rows.map(({ mark }) => JSON.stringify(mark.labels)),
      rows.map(({ mark }) => mark.labelSet),
      rows.map(({ mark }) => mark.kind),
    ],
  )
  return rows.map(({ arrival: { run }, name }) => ({ run, name }))
}
