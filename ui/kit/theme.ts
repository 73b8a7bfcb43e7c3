/** What the reader chose; `system` follows the device. */
export type ThemeChoice = 'system' | 'light' | 'dark'
export type Theme = 'light' | 'dark'

const THEME_KEY = 'trackside-theme'

/** Runs before the first paint, so that no page flashes in the other theme. Plain enough for any browser. */
export const themeBoot = `(function(){var c;try{c=localStorage.getItem('${THEME_KEY}')}catch(e){}
document.documentElement.dataset.theme=c==='light'||c==='dark'?c:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'})()`

/** A page that may keep nothing (an embed, a browser that refuses) follows the device. */
export function readThemeChoice(): ThemeChoice {
  const kept = store()?.getItem(THEME_KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function keepThemeChoice(choice: ThemeChoice): void {
  if (choice === 'system') store()?.removeItem(THEME_KEY)
  else store()?.setItem(THEME_KEY, choice)
}

function store(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

export function themeOf(choice: ThemeChoice): Theme {
  if (choice !== 'system') return choice
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
