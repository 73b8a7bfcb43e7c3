'use client'

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { Eyes } from './shown-runs'

const view = {
  q: parseAsString.withDefault(''),
  key: parseAsString,
  show: parseAsArrayOf(parseAsString).withDefault([]),
  hide: parseAsArrayOf(parseAsString).withDefault([]),
  pane: parseAsStringLiteral(['charts', 'runs'] as const).withDefault('charts'),
}

/** What of a project is in view; it lives in the address. `pane` matters where both do not fit beside each other. */
export function useProjectView() {
  const [state, set] = useQueryStates(view, { history: 'replace', clearOnDefault: true })
  return {
    ...state,
    setFilter: (q: string) => set({ q }),
    setKey: (key: string) => set({ key }),
    setEyes: ({ show, hide }: Eyes) => set({ show: [...show], hide: [...hide] }),
    setPane: (pane: 'charts' | 'runs') => set({ pane }),
  }
}

export type ProjectView = ReturnType<typeof useProjectView>
