'use client'

import { createParser, parseAsBoolean, parseAsFloat, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { readZooms, writeZooms, type Zooms } from './zooms'

const parseAsZooms = createParser<Zooms>({
  parse: readZooms,
  serialize: writeZooms,
  eq: (a, b) => writeZooms(a) === writeZooms(b),
})

export const boardX = ['step', 'time', 'relative'] as const
export type BoardX = (typeof boardX)[number]

const view = {
  x: parseAsStringLiteral(boardX).withDefault('step'),
  smooth: parseAsFloat.withDefault(0),
  log: parseAsBoolean.withDefault(false),
  zoom: parseAsZooms.withDefault({}),
}

/** How a board is looked at. It lives in the address, so that a link shows what its sender saw. */
export function useBoardView() {
  const [state, set] = useQueryStates(view, { history: 'replace', clearOnDefault: true, throttleMs: 120 })
  return {
    ...state,
    smooth: Math.min(Math.max(state.smooth, 0), 0.999),
    // A window in steps means nothing in hours.
    setX: (x: BoardX) => set({ x, zoom: null }),
    setSmooth: (smooth: number) => set({ smooth }),
    setLog: (log: boolean) => set({ log }),
    setZoom: (key: string, window: readonly [number, number] | null) =>
      set(({ zoom }) => {
        const { [key]: _, ...others } = zoom
        return { zoom: window ? { ...others, [key]: window } : others }
      }),
  }
}

export type BoardView = ReturnType<typeof useBoardView>
