import type { IncomingMessage } from 'node:http'
import { invalid } from './errors.ts'

/**
 * Refuses, ahead of every door and page, a request whose address or host cannot be read: what is behind would each fall
 * over it in its own way. A NUL in an address names nothing anywhere (PostgreSQL's text holds none).
 */
export function requireReadable({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): void {
  if (!url.startsWith('/')) throw invalid('Ask for an address that begins with /')
  if (/%00/.test(url)) throw invalid('An address holds no NUL')
  if (!canBeDecoded(url.split('?', 1)[0] ?? '/')) throw invalid('The address is not percent-encoded UTF-8')
  const host = headers['x-forwarded-host']
  if (typeof host !== 'string') return
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) throw invalid('The Host header names no host')
}

function canBeDecoded(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
