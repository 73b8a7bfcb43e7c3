'use client'

import { useRef } from 'react'

/** The same array for as long as it says the same: what hangs on it is not done again. */
export function useStable<T>(value: T): T {
  const kept = useRef({ said: JSON.stringify(value), value })
  const said = JSON.stringify(value)
  if (kept.current.said !== said) kept.current = { said, value }
  return kept.current.value
}
