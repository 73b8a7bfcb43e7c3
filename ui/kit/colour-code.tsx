import type { ReactNode } from 'react'

const WORDS =
  /("[^"]*"|'[^']*'|`[^`]*`)|(#.*|\/\/.*)|\b(import|from|for|in|with|as|def|return|if|else|await|async|const|let|of|new|export)\b/g

/** Strings, remarks and keywords of a short Python, TypeScript or shell line. */
export function colourCode(line: string): ReactNode[] {
  const parts: ReactNode[] = []
  let end = 0
  for (const match of line.matchAll(WORDS)) {
    const [word, string, remark] = match
    parts.push(line.slice(end, match.index))
    const tone = string ? 'text-ok' : remark ? 'text-ink-3' : 'text-accent'
    parts.push(
      <span key={match.index} className={tone}>
        {word}
      </span>,
    )
    end = match.index + word.length
  }
  parts.push(line.slice(end))
  return parts
}
