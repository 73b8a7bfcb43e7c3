'use client'

import { createParser, parseAsBoolean, parseAsFloat, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { Zoom } from '@/ui/charts/line'
import {
  type Drawing,
  type DrawingChange,
  type Drawings,
  plainDrawing,
  readDrawings,
  withChange,
  writeDrawings,
} from '@/ui/panels/line/drawing'
import { readZooms, writeZooms, type Zooms } from './zooms'

const parseAsZooms = createParser<Zooms>({
  parse: readZooms,
  serialize: writeZooms,
  eq: (a, b) => writeZooms(a) === writeZooms(b),
})

const parseAsDrawings = createParser<Drawings>({
  parse: readDrawings,
  serialize: writeDrawings,
  eq: (a, b) => writeDrawings(a) === writeDrawings(b),
})

export const boardX = ['step', 'time', 'relative'] as const
export type BoardX = (typeof boardX)[number]

const view = {
  x: parseAsStringLiteral(boardX).withDefault('step'),
  smooth: parseAsFloat.withDefault(0),
  log: parseAsBoolean.withDefault(false),
  zoom: parseAsZooms.withDefault({}),
  /** Whether all panels are zoomed together. */
  link: parseAsBoolean.withDefault(false),
  draw: parseAsDrawings.withDefault({}),
}

type State = { x: BoardX; smooth: number; log: boolean; draw: Drawings }

/** How a board is looked at. It lives in the address, so that a link shows what its sender saw. */
export function useBoardView() {
  const [state, set] = useQueryStates(view, { history: 'replace', clearOnDefault: true, throttleMs: 120 })
  const drawing = boardDrawing(state)
  return {
    ...state,
    /** How all panels are drawn that do not say otherwise. */
    drawing,
    // A window in steps means nothing in hours.
    setX: (x: BoardX) => set(({ draw }) => ({ x, zoom: null, draw: dropped(draw, ['x', 'xKey']) })),
    setLog: (log: boolean) => set(({ draw }) => ({ log, draw: dropped(draw, ['yScale']) })),
    setSmoothing: (change: DrawingChange) => set(before => spread(before, change)),
    setLink: (link: boolean) => set({ link, zoom: null }),
    setZoom: (key: string, window: Zoom | null) =>
      set(({ zoom }) => {
        const { [key]: _, ...others } = zoom
        return { zoom: window ? { ...others, [key]: window } : others }
      }),
    /** `under` is how the panel is drawn without settings of its own. */
    setDrawing: (key: string, change: DrawingChange, under: Drawing) =>
      set(before => ({
        draw: withChange(before.draw, key, change, under),
        ...((change.x || change.xKey) && { zoom: without(before.zoom, key) }),
      })),
    /** What one panel has of its own becomes the board's. */
    drawAllLike: (key: string) =>
      set(before => {
        const { [key]: own = {}, ...others } = before.draw
        return spread({ ...before, draw: others }, own)
      }),
    resetDrawing: (key: string) => set(({ draw, zoom }) => ({ draw: without(draw, key), zoom: without(zoom, key) })),
  }
}

export type BoardView = ReturnType<typeof useBoardView>

function boardDrawing({ x, smooth, log, draw }: State): Drawing {
  const strength = Math.min(Math.max(smooth, 0), 0.999)
  return { ...plainDrawing, x, strength, yScale: log ? 'log' : 'linear', ...draw[''] }
}

/** A change of the whole board: what the toolbar has a place for stands there, the rest with the drawings. */
function spread(before: State, change: DrawingChange) {
  const { x, strength, yScale, ...rest } = change
  const plainX = boardX.find(each => each === x)
  const own = {
    ...rest,
    ...(x && !plainX && { x }),
    ...(yScale === 'symlog' && { yScale }),
  }
  const kept = dropped(before.draw, [
    ...(plainX ? ['x', 'xKey'] : []),
    ...(yScale && yScale !== 'symlog' ? ['yScale'] : []),
  ])
  return {
    ...(plainX && { x: plainX, zoom: null }),
    ...(strength !== undefined && { smooth: strength }),
    ...(yScale && yScale !== 'symlog' && { log: yScale === 'log' }),
    draw: withChange(kept, '', own, plainDrawing),
  }
}

function dropped(draw: Drawings, names: readonly string[]): Drawings {
  const left = Object.entries(draw[''] ?? {}).filter(([name]) => !names.includes(name))
  return left.length > 0 ? { ...draw, '': Object.fromEntries(left) } : without(draw, '')
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...others } = record
  return others
}
