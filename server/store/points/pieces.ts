import { type Frame, recordsOf } from '../../../protocol/frame.ts'

/** Points of one key in one frame, in order of commit. Keys with the same `axis` were logged together: same steps and times. */
export interface Piece {
  key: string
  axis: string
  steps: Float64Array
  times: Float64Array
  values: Float64Array
}

interface Place {
  shape: number
  column: number
  /** First row whose point is not below the seq asked for. */
  from: number
}

/** The points at or above `fromSeq` of a frame, by key. Columns are views of the frame where a key lies in one shape. */
export function piecesOf(frame: Frame, fromSeq: number): Piece[] {
  const places = placesOf(frame, fromSeq)
  const orders = new Map<string, Order>()
  const pieces: Piece[] = []
  places.forEach((list, key) => {
    const name = frame.keys[key] as string
    const [only] = list
    if (!only) return
    if (list.length === 1) pieces.push(pieceOf(frame, name, only))
    else pieces.push(mergedPiece(frame, name, list, orders))
  })
  return pieces
}

function pieceOf(frame: Frame, key: string, { shape: number, column, from }: Place): Piece {
  const shape = frame.shapes[number] as Frame['shapes'][number]
  return {
    key,
    axis: `${number}:${from}`,
    steps: shape.steps.subarray(from),
    times: shape.times.subarray(from),
    values: (shape.columns[column] as Float64Array).subarray(from),
  }
}

function placesOf(frame: Frame, fromSeq: number): Place[][] {
  const places: Place[][] = frame.keys.map(() => [])
  const cut = cutAt(frame, fromSeq)
  frame.shapes.forEach((shape, number) => {
    const rows = cut.rows[number] as number
    shape.keys.forEach((key, column) => {
      const from = rows + (number === cut.shape && column < cut.columns ? 1 : 0)
      if (from < shape.steps.length) places[key]?.push({ shape: number, column, from })
    })
  })
  return places
}

/** How many rows of each shape lie below `fromSeq`; and the record that it cuts: its shape, and how many of its points do. */
function cutAt(frame: Frame, fromSeq: number) {
  const rows = new Uint32Array(frame.shapes.length)
  if (fromSeq <= frame.first) return { rows, shape: -1, columns: 0 }
  for (const { seq, width, shape } of recordsOf(frame)) {
    if (seq >= fromSeq) break
    if (seq + width > fromSeq) return { rows, shape, columns: fromSeq - seq }
    rows[shape] = (rows[shape] as number) + 1
  }
  return { rows, shape: -1, columns: 0 }
}

/** Which place, and which of its rows, each point of a key comes from. */
interface Order {
  place: number[]
  row: number[]
}

function mergedPiece(frame: Frame, key: string, places: Place[], orders: Map<string, Order>): Piece {
  const axis = places.map(({ shape, from }) => `${shape}:${from}`).join('+')
  let order = orders.get(axis)
  if (!order) {
    order = orderOf(frame, places)
    orders.set(axis, order)
  }
  const n = order.row.length
  const piece = { key, axis, steps: new Float64Array(n), times: new Float64Array(n), values: new Float64Array(n) }
  for (let i = 0; i < n; i++) {
    const { shape: number, column } = places[order.place[i] as number] as Place
    const shape = frame.shapes[number] as Frame['shapes'][number]
    const row = order.row[i] as number
    piece.steps[i] = shape.steps[row] as number
    piece.times[i] = shape.times[row] as number
    piece.values[i] = shape.columns[column]?.[row] as number
  }
  return piece
}

function orderOf(frame: Frame, places: Place[]): Order {
  const order: Order = { place: [], row: [] }
  for (const { shape, row } of recordsOf(frame))
    for (let p = 0; p < places.length; p++) {
      const place = places[p] as Place
      if (place.shape !== shape || row < place.from) continue
      order.place.push(p)
      order.row.push(row)
    }
  return order
}

/** Points of the frame at or above `fromSeq`: seqs less holes. */
export function pointsFrom(frame: Frame, fromSeq: number): number {
  return frame.last - Math.max(frame.first, fromSeq) + 1 - holedFrom(frame.holes, fromSeq)
}

export function holedFrom(holes: Frame['holes'], fromSeq: number): number {
  let holed = 0
  for (const { first, count } of holes) holed += Math.max(0, first + count - Math.max(first, fromSeq))
  return holed
}
