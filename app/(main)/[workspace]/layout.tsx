import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { findMe, open, plain } from '@/app/open'
import { Frame } from '@/ui/features/frame/frame'
import { choiceCookie } from '@/ui/kit/remember'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

type Props = { params: Promise<{ workspace: string }>; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: { default: plain((await params).workspace), template: `%s · Trackside` } }
}

export default async function WorkspaceLayout({ params, children }: Props) {
  const workspace = plain((await params).workspace)
  const place = await open(() => getQueryClient().fetchQuery(trpc.workspaces.get.queryOptions({ workspace })))
  const me = await findMe()
  if (!me) notFound()
  const rail = (await cookies()).get(choiceCookie('rail'))?.value
  return (
    <HydrateClient>
      <Frame workspace={place} workspaces={me.workspaces} railClosed={rail === 'closed'}>
        {children}
      </Frame>
    </HydrateClient>
  )
}
