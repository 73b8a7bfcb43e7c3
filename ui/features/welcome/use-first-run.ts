'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTRPC } from '@/ui/trpc/client'

/** Whether the first run is here; as soon as it is, the page moves to it. The live door brings the news. */
export function useFirstRun(workspace: string, project: string | undefined): boolean {
  const trpc = useTRPC()
  const router = useRouter()
  const inProject = useQuery({
    ...trpc.runs.list.queryOptions({ workspace, project: project ?? '', limit: 1 }),
    enabled: project !== undefined,
  })
  const inWorkspace = useQuery({
    ...trpc.runs.latest.queryOptions({ workspace, limit: 1 }),
    enabled: project === undefined,
  })
  const first = inWorkspace.data?.[0]
  const run = project === undefined ? first?.id : inProject.data?.runs[0]?.id
  const at = project ?? first?.project.slug
  useEffect(() => {
    if (run && at) router.replace(`/${workspace}/${at}/runs/${encodeURIComponent(run)}`)
  }, [router, workspace, at, run])
  return run !== undefined
}
