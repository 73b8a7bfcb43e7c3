import { createHash } from 'node:crypto'

/** A session's name in lists: its id is as good as the cookie to whoever knows the server's secret, so it never leaves. */
export const publicId = (sessionId: string) => createHash('sha256').update(sessionId).digest('base64url').slice(0, 22)
