import { invalid } from '../errors.ts'

/**
 * PostgreSQL's text and jsonb hold neither NUL nor half of a surrogate pair: refused wherever words come in, names of
 * members included, so that no verb has to think of it. Without recursion: what was sent may be nested 100,000 deep.
 */
export function requireText(words: unknown): void {
  const left = [words]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'string') {
      if (one.includes('\0') || !one.isWellFormed()) throw invalid('A text holds a NUL or half of a surrogate pair')
    } else if (typeof one === 'object' && one !== null) {
      for (const [name, inner] of Object.entries(one)) left.push(name, inner)
    }
  }
}
