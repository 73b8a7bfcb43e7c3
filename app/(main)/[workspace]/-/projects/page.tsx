import type { Metadata } from 'next'
import { open, plain } from '@/app/open'
import { ProjectsScreen } from '@/ui/features/workspace/projects-screen'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

export const metadata: Metadata = { title: 'Projects' }

export default async function Projects({ params }: { params: Promise<{ workspace: string }> }) {
  const workspace = plain((await params).workspace)
  await open(() => getQueryClient().fetchQuery(trpc.projects.list.queryOptions({ workspace })))
  return (
    <HydrateClient>
      <ProjectsScreen workspace={workspace} />
    </HydrateClient>
  )
}
