'use client'

import { useSyncExternalStore } from 'react'
import { keepThemeChoice, readThemeChoice, type Theme, type ThemeChoice, themeOf } from './theme'

const CHANGED = 'trackside-theme-changed'

function settle() {
  document.documentElement.dataset.theme = themeOf(readThemeChoice())
  window.dispatchEvent(new Event(CHANGED))
}

function subscribe(listener: () => void) {
  const device = matchMedia('(prefers-color-scheme: dark)')
  device.addEventListener('change', settle)
  window.addEventListener('storage', settle)
  window.addEventListener(CHANGED, listener)
  // Where the server could not draw the page at all (there is none), the browser draws it whole and runs no boot script.
  if (!document.documentElement.dataset.theme) settle()
  return () => {
    device.removeEventListener('change', settle)
    window.removeEventListener('storage', settle)
    window.removeEventListener(CHANGED, listener)
  }
}

export function chooseTheme(choice: ThemeChoice) {
  keepThemeChoice(choice)
  settle()
}

/** The theme in force and the choice behind it; light and `system` while rendering on the server. */
export function useTheme(): { theme: Theme; choice: ThemeChoice } {
  const choice = useSyncExternalStore(subscribe, readThemeChoice, () => 'system' as const)
  const theme = useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'),
    () => 'light' as const,
  )
  return { theme, choice }
}
