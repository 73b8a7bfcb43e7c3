import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { codeOf } from '@/ui/trpc/error'
import { getQueryClient, trpc } from '@/ui/trpc/server'

/** What a page needs is read before it is drawn. What is not the reader's to see is a page that does not exist. */
export async function open<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'UNAUTHENTICATED') redirect(`/login?next=${encodeURIComponent(await askedFor())}`)
    if (code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'GONE') notFound()
    throw error
  }
}

/** Where the reader wanted to go, its view included; `_rsc` is Next's own. */
async function askedFor(): Promise<string> {
  const [path = '/', query] = ((await headers()).get('x-trackside-path') ?? '/').split('?')
  const view = new URLSearchParams(query)
  view.delete('_rsc')
  return view.size > 0 ? `${path}?${view}` : path
}

/** The signed-in reader, or null. */
export async function findMe() {
  try {
    return await getQueryClient().fetchQuery(trpc.account.me.queryOptions())
  } catch (error) {
    if (codeOf(error) === 'UNAUTHENTICATED') return null
    throw error
  }
}

/** A part of the path as it was before it became an address. */
export function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    notFound()
  }
}

/** This server's address as the reader's browser reaches it. */
export async function ownAddress(): Promise<string> {
  const asked = await headers()
  return `${asked.get('x-forwarded-proto') ?? 'http'}://${asked.get('x-forwarded-host') ?? asked.get('host')}`
}
