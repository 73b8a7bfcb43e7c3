import { cookies } from 'next/headers'
import { open, ownAddress, plain } from '@/app/open'
import { ProjectScreen } from '@/ui/features/project/project-screen'
import { Welcome } from '@/ui/features/welcome/welcome'
import { choiceCookie } from '@/ui/kit/remember'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

type Props = { params: Promise<{ workspace: string; project: string }> }

export default async function Page({ params }: Props) {
  const asked = await params
  const place = { workspace: plain(asked.workspace), project: plain(asked.project) }
  await open(`/${place.workspace}/${asked.project}`, () =>
    getQueryClient().fetchQuery(trpc.projects.get.queryOptions(place)),
  )
  const width = Number((await cookies()).get(choiceCookie('runlist'))?.value) || 320
  return (
    <HydrateClient>
      <ProjectScreen place={place} listWidth={width} welcome={<Welcome {...place} host={await ownAddress()} />} />
    </HydrateClient>
  )
}
