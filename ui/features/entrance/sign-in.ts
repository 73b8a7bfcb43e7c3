import { signIn as nextAuthSignIn } from 'next-auth/react'

/** Signs in with a password; throws what the reader is to be told. */
export async function signIn(email: string, password: string): Promise<void> {
  const answer = await nextAuthSignIn('credentials', { email, password, redirect: false })
  if (answer?.ok && !answer.error) return
  if (answer?.status === 429) throw new Error('Too many attempts. Wait a few minutes, then try again.')
  if (answer?.error && answer.error !== 'CredentialsSignin') throw new Error(answer.error)
  throw new Error('E-mail or password is not right.')
}

/** Only a path of this server may follow a sign-in. */
export function safeNext(next: string | undefined): string {
  // Parsed as the browser will: it drops tabs and takes backslashes for slashes.
  const here = 'http://here'
  if (!next?.startsWith('/') || !URL.canParse(next, here)) return '/'
  const { origin, pathname, search, hash } = new URL(next, here)
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/'
}
