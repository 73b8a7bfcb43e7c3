'use client'

import { useMemo, useSyncExternalStore } from 'react'
import { useTheme } from '@/ui/kit/use-theme'
import type { Ink } from './line-option'

/** The tokens as the canvas needs them, new when the theme changes or a font has arrived. */
export function useInk(): Ink | null {
  const { theme } = useTheme()
  const fonts = useSyncExternalStore(
    watchFonts,
    () => document.fonts.status,
    () => null,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: theme and fonts are what the tokens stand on
  return useMemo(() => (fonts === null ? null : readInk()), [theme, fonts])
}

function watchFonts(listener: () => void) {
  document.fonts.addEventListener('loadingdone', listener)
  return () => document.fonts.removeEventListener('loadingdone', listener)
}

/** The tokens of the theme in force. */
export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    grid: token('--chart-grid'),
    axis: token('--chart-axis'),
    tick: token('--chart-tick'),
    font: token('--font'),
    of: color => {
      const name = /^var\((--[\w-]+)\)$/.exec(color)?.[1]
      return name ? token(name) : color
    },
  }
}
