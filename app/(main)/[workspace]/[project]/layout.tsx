import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { open, plain } from '@/app/open'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

type Props = { params: Promise<{ workspace: string; project: string }>; children: ReactNode }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await readProject(params)
  return { title: { default: name, template: `%s · ${name} · Trackside` } }
}

export default async function ProjectLayout({ params, children }: Props) {
  await readProject(params)
  return <HydrateClient>{children}</HydrateClient>
}

async function readProject(params: Props['params']) {
  const asked = await params
  const place = { workspace: plain(asked.workspace), project: plain(asked.project) }
  return open(() => getQueryClient().fetchQuery(trpc.projects.get.queryOptions(place)))
}
