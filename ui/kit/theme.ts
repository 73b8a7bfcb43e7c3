/** What the reader chose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

export const THEME_KEY = 'trackside-theme'

/** Runs before the first paint, so that no page flashes in the other theme. Plain enough for any browser. */
export const themeBoot = `(function(){var c;try{c=localStorage.getItem('${THEME_KEY}')}catch(e){}
document.documentElement.dataset.theme=c==='light'||c==='dark'?c:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`

export function readThemeChoice(): ThemeChoice {
  const kept = localStorage.getItem(THEME_KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function themeOf(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
