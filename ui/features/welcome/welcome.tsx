'use client'

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { FirstLines } from './first-lines'
import { useFirstRun } from './use-first-run'
import { Waiting } from './waiting'

export type WelcomeProps = {
  workspace: string
  /** Absent: the workspace has no run in any project yet. */
  project?: string
  /** The server's address as this reader reaches it. */
  host: string
}

const FIRST_PROJECT = 'first-run'

/** An empty project or workspace: the exact lines, with the reader's own key and names. It becomes the first run by itself. */
export function Welcome({ workspace, project, host }: WelcomeProps) {
  const trpc = useTRPC()
  const { data: place } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace }))
  const projects = useQuery(trpc.projects.list.queryOptions({ workspace }))
  const found = projects.data?.find(each => (project ? each.slug === project : true))
  const lit = useFirstRun(workspace, project)
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-surface px-10 pt-7 pb-12 max-md:px-4">
      <div className="max-w-[720px]">
        <h1 className="t-page">Log the first run</h1>
        <FirstLines
          workspace={workspace}
          project={found?.name ?? project ?? FIRST_PROJECT}
          projectExists={found !== undefined}
          host={host}
          mayLog={place.may.includes('run.create')}
        />
        <Waiting lit={lit} />
      </div>
    </div>
  )
}
