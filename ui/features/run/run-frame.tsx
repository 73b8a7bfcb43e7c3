'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useLiveProjects } from '@/ui/panels/use-live-projects'
import { useLiveRun } from '@/ui/panels/use-live-run'
import { useTRPC } from '@/ui/trpc/client'
import { RunHeader, type RunPlace } from './run-header'

/** A run's header above the open tab; both hear of changes. */
export function RunFrame({ place, children }: { place: RunPlace; children: ReactNode }) {
  const trpc = useTRPC()
  const { data: run } = useSuspenseQuery(trpc.runs.get.queryOptions(place))
  useLiveProjects([run.project.id])
  useLiveRun(run.run)
  return (
    <>
      <RunHeader place={place} />
      {children}
    </>
  )
}
