import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'

/** A password as PostgreSQL keeps it (RFC 5803), so that statements and server logs never hold the password itself. */
export function scramVerifier(password: string): string {
  const salt = createHash('sha256').update(`trackside ${password}`).digest().subarray(0, 16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const stored = createHash('sha256').update(clientKey).digest('base64')
  const server = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${server}`
}
