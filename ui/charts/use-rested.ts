'use client'

import { useEffect, useState } from 'react'

/** `value` once it has stayed the same for `rest` milliseconds: a pointer on its way redraws no canvas. */
export function useRested<T>(value: T, rest: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest)
    return () => clearTimeout(timer)
  }, [value, rest])
  return rested
}
