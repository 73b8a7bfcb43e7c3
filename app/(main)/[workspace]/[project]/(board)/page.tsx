import { cookies } from 'next/headers'
import { parseAsArrayOf, parseAsString } from 'nuqs/server'
import { open, ownAddress, plain } from '@/app/open'
import { readBoard } from '@/app/read-board'
import { ProjectScreen } from '@/ui/features/project/project-screen'
import { Welcome } from '@/ui/features/welcome/welcome'
import { choiceCookie } from '@/ui/kit/remember'
import { getQueryClient, HydrateClient, trpc } from '@/ui/trpc/server'

type Props = {
  params: Promise<{ workspace: string; project: string }>
  searchParams: Promise<Record<'key' | 'q' | 'show' | 'hide', string | string[] | undefined>>
}

export default async function Board({ params, searchParams }: Props) {
  const asked = await params
  const place = { workspace: plain(asked.workspace), project: plain(asked.project) }
  const { key, q, show, hide } = await searchParams
  await open(async () => {
    const { runs } = await getQueryClient().fetchQuery(trpc.projects.get.queryOptions(place))
    if (runs > 0) await readBoard(place, { key: first(key), q: first(q) }, { show: listed(show), hide: listed(hide) })
  })
  const width = Number((await cookies()).get(choiceCookie('runlist'))?.value) || 320
  return (
    <HydrateClient>
      <ProjectScreen place={place} listWidth={width} welcome={<Welcome {...place} host={await ownAddress()} />} />
    </HydrateClient>
  )
}

const runIds = parseAsArrayOf(parseAsString).withDefault([])

const listed = (said: string | string[] | undefined) => runIds.parseServerSide(first(said))

/** Of a word that stands in the address more than once. */
const first = (said: string | string[] | undefined) => (Array.isArray(said) ? said[0] : said)
